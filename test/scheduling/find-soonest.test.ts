// find-soonest: the next free times of many calendars, without looking through all of them.

import { expect } from 'chai';
import type { Context } from '#src/interactions/types.ts';
import type { Calendar } from '#src/scheduling/calendars.ts';
import { findSoonest } from '#src/scheduling/find-soonest.ts';
import type { Rules } from '#src/scheduling/rules.ts';
import type { Plan } from '#src/search/plan.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openHospital } from './support.ts';

const day = 86_400_000;
const at = Date.parse('2030-01-07T00:00:00Z');
const everyDay = [1, 2, 3, 4, 5, 6, 7];

const calendarOf = (id: string, rules: Partial<Rules> = {}): Calendar => ({
  id,
  version: { type: 'Schedule', id, custodian: 'Organization/h' } as Calendar['version'],
  resource: { resourceType: 'Schedule', id },
  rules: {
    ...{ zone: 'UTC', length: 5, buffer: 0, capacity: 1, mode: 'in-person' },
    weekly: new Map(everyDay.map((each) => [each, [{ from: 0, to: 1440 }]])),
    ...{ days: new Map(), closed: [], notice: 0, cancelNotice: 0, isPublished: false },
    ...rules,
  },
  beside: new Map([[`Schedule/${id}`, 'Organization/h']]),
});

const many = (count: number, rules: Partial<Rules> = {}): readonly Calendar[] =>
  Array.from({ length: count }, (_, n) => calendarOf(`s${String(n)}`, rules));

describe('scheduling/find-soonest', function () {
  this.timeout(120_000);
  let opened: Opened;
  let context: Context;
  /** How often the store was asked what is taken. */
  let asked = 0;
  before(async () => {
    opened = await engines.find(({ name }) => name === 'sqlite')!.open();
    const hospital = await openHospital(opened);
    const { store } = hospital.inside.context;
    const search: typeof store.resources.search = (plan: Plan, window) => {
      asked += 1;
      return store.resources.search(plan, window);
    };
    const counted = { ...store, resources: { ...store.resources, search } };
    context = { ...hospital.inside.context, store: counted, now: () => at };
  });
  beforeEach(() => {
    asked = 0;
  });
  after(() => opened.close());

  it('looks no further than for what was asked for, and says that there are more', async () => {
    const within = { start: at, end: at + 62 * day };

    const { times, isAll } = await findSoonest(many(200), within, 50, context);

    expect(isAll).to.equal(false);
    expect(asked).to.equal(1);
    expect(times.length).to.be.within(51, 60_000);
    expect(times[0]!.time.start).to.equal(at);
  });

  it('gives all of a span piece by piece, each once and in order', async () => {
    const within = { start: at + 3_600_000, end: at + 4 * day };

    const { times, isAll } = await findSoonest(many(100), within, 1e6, context);

    const starts = times.map(({ time }) => time.start);
    expect(isAll).to.equal(true);
    expect(asked).to.equal(4);
    expect(new Set(times.map(({ id }) => id)).size).to.equal(100 * (4 * 288 - 12));
    expect(starts).to.deep.equal(starts.toSorted((a, b) => a - b));
  });

  it('looks through whole months at once where few times are offered', async () => {
    const weekly = new Map(everyDay.map((each) => [each, [{ from: 540, to: 1020 }]]));
    const within = { start: at, end: at + 60 * day };

    const { times } = await findSoonest(many(5, { weekly, length: 30 }), within, 1e6, context);

    expect(asked).to.equal(1);
    expect(times).to.have.length(5 * 60 * 16);
  });

  it('refuses to look on when nearly everything it finds is taken', async () => {
    const within = { start: at, end: at + 62 * day };

    const refused = await findSoonest(many(200, { capacity: 0 }), within, 50, context).catch(
      (error: unknown) => error,
    );

    expect(refused).to.have.property('status', 400);
    expect((refused as Error).message).to.contain('narrow it by start and end');
  });
});
