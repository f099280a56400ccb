// slots: so often within an hour, and no more, however many ask at once. On every engine.

import { expect } from 'chai';
import type { Caller } from '#src/access/caller.ts';
import { countAttempt, countMiss } from '#src/sharing/limit-emergencies.ts';
import { hasSlot, takeSlot } from '#src/sharing/slots.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';

const limited = { kind: 'test-slot', of: 'somebody', most: 3 };
const hour = 3_600_000;

for (const engine of engines)
  describe(`sharing/slots, on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let later: number;
    const now = (): number => Date.now() + later;
    beforeEach(async () => {
      later = 0;
      opened = await engine.open({ now });
    });
    afterEach(() => opened.close());

    const sources = () => ({ records: opened.store.records, now });
    const take = (times: number): Promise<readonly boolean[]> =>
      Promise.all(Array.from({ length: times }, () => takeSlot(limited, sources())));

    it('are as many as there may be, also for many at once', async () => {
      const taken = await take(8);

      expect(taken.filter(Boolean)).to.have.length(3);
      expect(await hasSlot(limited, sources())).to.equal(false);
    });

    it('are there again after an hour', async () => {
      await take(3);

      later = hour + 1;

      expect(await hasSlot(limited, sources())).to.equal(true);
      expect(await take(1)).to.deep.equal([true]);
    });

    it('are counted for each by themself', async () => {
      await take(3);

      expect(await takeSlot({ ...limited, of: 'another' }, sources())).to.equal(true);
    });
  });

for (const engine of engines)
  describe(`sharing/limit-emergencies, on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    beforeEach(async () => {
      opened = await engine.open();
    });
    afterEach(() => opened.close());

    const caller = (user: string): Caller => ({
      ...{ client: 'chart', token: 'token', user, role: 'clinician', scopes: [] },
    });
    const attempt = async (user = 'rao'): Promise<number> => {
      try {
        await countAttempt(caller(user), { store: opened.store, now: Date.now });
        return 200;
      } catch (error) {
        return (error as { readonly status: number }).status;
      }
    };

    it('lets one user open twenty records an hour', async () => {
      const statuses = await Promise.all(Array.from({ length: 22 }, () => attempt()));

      expect(statuses.filter((status) => status === 200)).to.have.length(20);
      expect(statuses.filter((status) => status === 429)).to.have.length(2);
      expect(await attempt('other')).to.equal(200);
    });

    it('stops who has found nobody five times', async () => {
      for (let time = 0; time < 5; time += 1)
        await countMiss(caller('rao'), { store: opened.store, now: Date.now });

      expect(await attempt()).to.equal(429);
      expect(await attempt('other')).to.equal(200);
    });
  });
