// What is shared with a caller is looked up when it can have changed, and never less strictly than it should.

import { expect } from 'chai';
import type { Caller } from '#src/access/caller.ts';
import { countWrites } from '#src/sharing/count-writes.ts';
import { createSharing } from '#src/sharing/create-sharing.ts';
import type { Emergency } from '#src/sharing/emergencies.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';
import { base, openInside } from '#test/support/rights.ts';
import { caller, consent, hospitals, load, type Given } from './support/world.ts';

const open = async (isIndexed = true) => {
  const store = openMemoryStore();
  const { resources, written } = countWrites(store.resources);
  const inside = openInside({ ...store, resources });
  await load(inside);
  let at = Date.parse('2026-06-01T10:00:00Z');
  let looks = 0;
  let emergencies: readonly Emergency[] = [];
  const { definitions } = inside.context;
  const find = createSharing({
    ...{ definitions, base, written, now: () => at },
    resources: {
      search: (plan, window) => {
        looks += 1;
        return resources.search(plan, window);
      },
    },
    emergencies: () => Promise.resolve(emergencies),
    isIndexed: () => Promise.resolve(isIndexed),
  });
  const give = async (given: Given, id = 'given', by = 'Patient/x'): Promise<void> => {
    const body = { ...consent(given), id };
    const { status, text } = await inside.by(by)('PUT', `Consent/${id}`, { body });
    expect(status, text).to.be.oneOf([200, 201]);
  };
  const seen = async (who: Caller, type: string): Promise<readonly string[]> => {
    const plan = (await find(who))?.also(type, 'search') ?? { op: 'nothing' };
    const { items } = await resources.search(plan, { sort: [], size: 500 });
    return items.filter((each) => each.type === type).map(({ id }) => id);
  };
  return {
    ...{ inside, find, give, seen },
    looks: () => looks,
    wait: (milliseconds: number) => {
      at += milliseconds;
    },
    declare: (patients: readonly string[]) => {
      emergencies = patients.map((patient) => ({ patient, until: at + 1000 }));
    },
  };
};
const permit: Given = { type: 'permit', to: [hospitals.b] };

describe('sharing/create-sharing', () => {
  it('looks for Consents once, and again when one was written', async () => {
    const { find, give, looks } = await open();
    const who = caller();
    await give(permit);

    const first = await find(who);
    const asked = looks();
    const again = await find(who);
    const unasked = looks();
    await give({ ...permit, status: 'inactive' });
    const last = await find(who);

    expect(first).to.not.equal(undefined);
    expect(again).to.equal(first);
    expect(unasked).to.equal(asked);
    expect(last).to.equal(undefined);
  });

  it('ends with the period of a Consent though nothing is written', async () => {
    const { give, seen, wait } = await open();
    await give({ ...permit, period: { end: '2026-06-01T10:00:05Z' } });

    const before = await seen(caller(), 'Condition');
    wait(6_000);
    const after = await seen(caller(), 'Condition');

    expect(before).to.deep.equal(['ill']);
    expect(after).to.deep.equal([]);
  });

  it('shares nothing of a patient of whom not all rules were read', async () => {
    const { give, seen } = await open();
    const single: Given = { ...permit, codes: ['lab'] };
    await give(single, 'a');
    await give(permit, 'b');
    const before = await seen(caller(), 'Observation');
    for (let place = 0; place < 200; place += 1) {
      const id = `f${String(place).padStart(3, '0')}`;
      await give({ ...single, about: 'Patient/y' }, id, 'Patient/y');
    }
    await give({ ...single, type: 'deny' }, 'z');

    expect(before).to.include('lab');
    expect(await seen(caller(), 'Observation')).to.deep.equal([]);
  });

  describe('with many hospitals that keep Consents of their own', () => {
    const keep = async (
      { inside, give }: Awaited<ReturnType<typeof open>>,
      count: number,
      given: Given,
    ): Promise<void> => {
      for (let place = 0; place < count; place += 1) {
        const [type, id] = ['Organization', `k${String(place).padStart(2, '0')}`];
        const body = { resourceType: type, id, name: 'K' };
        await inside.by()('PUT', `${type}/${id}`, { body });
        await give(given, `of-${id}`, `${type}/${id}`);
      }
    };
    const sizeWith = async (count: number, to: string): Promise<number> => {
      const opened = await open();
      await opened.give(permit);
      await keep(opened, count, { ...permit, to: [to] });
      const sharing = await opened.find(caller());
      return JSON.stringify(sharing!.also('Observation', 'search')).length;
    };

    it('looks at those alone that name who asks', async () => {
      expect(await sizeWith(20, hospitals.c)).to.equal(await sizeWith(0, hospitals.c));
    });

    it('asks the store no more however many name who asks', async () => {
      expect(await sizeWith(30, hospitals.b)).to.equal(await sizeWith(10, hospitals.b));
    });

    it('keeps what is denied by one that is not looked at by itself', async () => {
      const opened = await open();
      await opened.give(permit);
      const before = await opened.seen(caller(), 'Condition');
      await keep(opened, 10, permit);
      await opened.give({ ...permit, type: 'deny' }, 'denied', hospitals.a);

      expect(before).to.deep.equal(['ill']);
      expect(await opened.seen(caller(), 'Condition')).to.deep.equal([]);
    });

    it('opens by none of them what others keep', async () => {
      const opened = await open();
      await keep(opened, 10, permit);
      await opened.give({ ...permit, kinds: ['allergies'] });

      expect(await opened.seen(caller(), 'Condition')).to.deep.equal([]);
    });
  });

  it('never writes', async () => {
    const { find, give } = await open();
    await give(permit);

    const sharing = await find(caller());
    const plans = (['create', 'update', 'delete'] as const).map((right) =>
      sharing!.also('Condition', right),
    );

    expect(plans.map(({ op }) => op)).to.deep.equal(['nothing', 'nothing', 'nothing']);
  });

  it('shares nothing while index values are of an earlier version', async () => {
    const { find, give } = await open(false);
    await give(permit);

    expect(await find(caller())).to.equal(undefined);
  });

  it('opens the whole record in an emergency, what is sensitive as well, to a clinician alone', async () => {
    const { seen, declare } = await open();
    declare(['x']);

    const observations = await seen(caller(), 'Observation');
    const patients = await seen(caller(), 'Patient');
    const notes = await seen(caller(), 'Communication');
    const ofSystem = await seen(caller({ role: 'system' }), 'Observation');
    declare([]);
    const after = await seen(caller(), 'Observation');

    expect([...observations].sort()).to.deep.equal(
      ['both', 'hiv', 'lab', 'of-c', 'old', 'pulse', 'secret'].sort(),
    );
    expect(patients).to.deep.equal(['x']);
    expect(notes).to.deep.equal([]);
    expect(ofSystem).to.deep.equal([]);
    expect(after).to.deep.equal([]);
  });

  it('lets patients share nothing whose rules are too many to be read', async function () {
    this.timeout(120_000);
    const { inside, give, seen } = await open();
    const ids = Array.from({ length: 201 }, (_, n) => `many${String(n)}`);
    for (const id of ids) {
      await inside.by(hospitals.a)('PUT', `Patient/${id}`, {
        body: { resourceType: 'Patient', id },
      });
      const about = `Patient/${id}`;
      await give({ ...permit, codes: ['lab'], about }, `c${id}`, about);
    }
    const last = ids.at(-1)!;
    await give({ ...permit, about: `Patient/${last}` }, 'common', `Patient/${last}`);
    await give(permit);

    const patients = await seen(caller(), 'Patient');

    expect(patients).to.include.members(['x', ids[0]!]);
    expect(patients).to.not.include(last);
  });
});
