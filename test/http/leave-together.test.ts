import { expect } from 'chai';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createTogether } from '#src/http/leave-together.ts';

describe('http/leave-together', () => {
  const gone: string[] = [];
  const leave = async (name: string, waiting: Promise<void>): Promise<void> => {
    await waiting;
    gone.push(name);
  };
  beforeEach(() => gone.splice(0));

  it('lets what is ready in one turn go at its end, in the order it became ready', async () => {
    const together = createTogether();
    const all = ['a', 'b', 'c'].map((name) => leave(name, together()));
    await Promise.resolve();

    expect(gone).to.deep.equal([]);
    await nextTurn();
    expect(gone).to.deep.equal(['a', 'b', 'c']);
    await Promise.all(all);
  });

  it('keeps nobody waiting for a long turn', async () => {
    let now = 0;
    const together = createTogether(() => now);
    const first = leave('first', together());
    now = 1.5;
    const second = leave('second', together());
    await Promise.all([first, second]);

    // Without the end of the turn: nothing but promises was waited for.
    expect(gone).to.deep.equal(['first', 'second']);
  });

  it('begins anew after that, and lets the next go at the end of the turn, too', async () => {
    let now = 0;
    const together = createTogether(() => now);
    const early = [leave('a', together()), ((now = 2), leave('b', together()))];
    const late = leave('c', together());
    await Promise.all(early);

    expect(gone).to.deep.equal(['a', 'b']);
    await late;
    expect(gone).to.deep.equal(['a', 'b', 'c']);
  });
});
