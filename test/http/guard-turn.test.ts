import { expect } from 'chai';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Caller } from '#src/access/caller.ts';
import { nobody } from '#src/access/permit.ts';
import { createGuard } from '#src/http/guard.ts';

describe('http/guard within a turn of the event loop', () => {
  const open = () => {
    const valid = new Set(['Bearer one', 'Bearer two']);
    const asked: string[] = [];
    const guard = createGuard(
      (authorization) => {
        asked.push(authorization ?? 'nothing');
        if (!valid.has(authorization ?? '')) return Promise.reject(new Error('refused'));
        return Promise.resolve({ client: authorization } as unknown as Caller);
      },
      (caller) => Promise.resolve({ ...nobody, caller }),
    );
    const ask = async (authorization?: string, path = 'Patient/1') =>
      (
        await guard({
          headers: authorization === undefined ? {} : { authorization },
          method: 'GET',
          path,
        })
      ).caller?.client;
    return { asked, ask, valid };
  };

  it('looks a token up once, and gives each its own permit', async () => {
    const { asked, ask } = open();

    expect(
      await Promise.all([ask('Bearer one'), ask('Bearer two'), ask('Bearer one')]),
    ).to.deep.equal(['Bearer one', 'Bearer two', 'Bearer one']);
    expect(asked).to.deep.equal(['Bearer one', 'Bearer two']);
  });

  it('refuses a token in the turn after it was revoked', async () => {
    const { ask, valid } = open();
    await ask('Bearer one');
    valid.delete('Bearer one');
    await nextTurn();

    expect(await ask('Bearer one').catch(String)).to.equal('Error: refused');
  });

  it('refuses whoever shows nothing beside somebody who shows a token, and the other way round', async () => {
    const { ask } = open();
    const answers = [ask(), ask('Bearer one'), ask('Bearer made-up'), ask(undefined, 'metadata')];

    expect((await Promise.allSettled(answers)).map(({ status }) => status)).to.deep.equal([
      ...['rejected', 'fulfilled', 'rejected', 'fulfilled'],
    ]);
    await nextTurn();
    expect(await ask('Bearer made-up').catch(String)).to.equal('Error: refused');
  });
});
