// Costly work in turns.

import { expect } from 'chai';
import { fewAtATime } from '#src/platform/few-at-a-time.ts';

describe('platform/few-at-a-time', () => {
  const gate = () => {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    return { open: () => open(), opened };
  };

  it('runs no more at once than it may, in the order asked, and turns away who is too many', async () => {
    const inTurn = fewAtATime(2, 2);
    const { open, opened } = gate();
    const begun: number[] = [];
    const ask = (n: number) =>
      inTurn(async () => {
        begun.push(n);
        await opened;
        return n;
      });

    const asked = [1, 2, 3, 4, 5].map(ask);
    await new Promise(setImmediate);
    const before = [...begun];
    open();

    expect(before).to.deep.equal([1, 2]);
    expect(asked[4]).to.equal(undefined);
    expect(await Promise.all(asked.map((each) => each ?? Promise.resolve(0)))).to.deep.equal([
      ...[1, 2, 3, 4, 0],
    ]);
    expect(begun).to.deep.equal([1, 2, 3, 4]);
  });

  it('goes on after work that failed', async () => {
    const inTurn = fewAtATime(1, 1);
    const failed = inTurn(() => Promise.reject(new Error('no')))!.catch(() => 'failed');

    expect(await Promise.all([failed, inTurn(() => Promise.resolve('next'))])).to.deep.equal([
      'failed',
      'next',
    ]);
  });
});
