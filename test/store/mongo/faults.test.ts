// What goes wrong between Meridian and MongoDB: lost connections and answers, elections, conflicts. What was acknowledged is
// there, once; what was not says so. The stand-in is made to fail on demand, which a real server is not.

import { expect } from 'chai';
import { openMongo } from '#src/store/mongo/open.ts';
import { everything } from '#src/search/plan.ts';
import { Conflict, Unavailable, type Change, type Store } from '#src/store/port.ts';
import { follows, put, search, token, tokenIs, version } from '#test/contract/support/build.ts';
import {
  startMongoServer,
  type Mishap,
  type MongoServer,
} from '#test/support/mongo-server/start.ts';

const mrn = (code: string) => tokenIs('Patient.identifier', code);
const withMrn = (code: string) => [token('Patient.identifier', code)];

describe('store/mongo: faults', function () {
  this.timeout(60_000);
  let server: MongoServer;
  let store: Store;
  beforeEach(async () => {
    server = await startMongoServer();
    store = await openMongo({
      ...{ url: server.url, patienceSeconds: 5, searchSeconds: 5, fingerprint: 'test' },
    });
    await store.resources.commit([put('Patient/old')]);
  });
  afterEach(async () => {
    await store.close();
    await server.close();
  });

  /** One write in a transaction, and one without. */
  const writes: Readonly<Record<string, readonly Change[]>> = {
    'an update': [put('Patient/old/2', withMrn('new'))],
    'a create': [put('Patient/new', withMrn('new'))],
    'a bundle': [put('Patient/old/2'), put('Patient/new', withMrn('new'))],
  };
  const mishaps: readonly Omit<Mishap, 'times'>[] = [
    { command: 'insert', how: 'lost before' },
    { command: 'insert', how: 'lost after' },
    { command: 'update', how: 'lost before' },
    { command: 'update', how: 'lost after' },
    { command: 'commitTransaction', how: 'lost before' },
    { command: 'commitTransaction', how: 'lost after' },
    { command: 'commitTransaction', how: { code: 91, labels: ['RetryableWriteError'] } },
    { command: 'update', how: { code: 112, labels: ['TransientTransactionError'] } },
    { command: 'insert', how: { code: 10_107, labels: ['RetryableWriteError'] } },
  ];
  for (const [name, changes] of Object.entries(writes))
    for (const { command, how } of mishaps)
      it(`does ${name} once when ${command} fails twice: ${JSON.stringify(how)}`, async () => {
        server.mishap({ command, how, times: 2 });

        await store.resources.commit(changes);

        expect(await search(store, mrn('new'))).to.have.length(1);
        const kept = await store.resources.countVersions({}, everything, {});
        expect(kept).to.equal(1 + changes.length);
      });

  for (const how of ['lost before', 'lost after'] as const)
    it(`does what is asked of records once when each command fails twice: ${how}`, async () => {
      const { records } = store;
      await records.put('job', '1', { state: 'new' });
      for (const command of ['update', 'find', 'findAndModify', 'delete'])
        server.mishap({ command, how, times: 2 });

      const added = await records.add('claim', '1', {});
      const again = await records.add('claim', '1', {});
      const replaced = await records.replace('job', '1', { state: 'run' }, { state: 'new' });
      const taken = await records.take('claim', '1').catch((error: unknown) => error);
      const dropped = await records.drop('job', { state: 'run' });

      expect([added, again, replaced]).to.deep.equal([true, false, true]);
      // It would not know whether it was it that took; so it says that it does not know.
      expect(taken).to.be.instanceOf(Unavailable);
      expect(await records.get('claim', '1')).to.deep.equal(how === 'lost after' ? undefined : {});
      expect(dropped).to.be.oneOf(how === 'lost after' ? [0, 1] : [1]);
      expect(await records.find('job', {})).to.deep.equal([]);
    });

  it('says that it is unavailable while nobody is primary, and goes on afterwards', async () => {
    const impatient = await openMongo({
      ...{
        url: server.url,
        patienceSeconds: 0.3,
        searchSeconds: 5,
        fingerprint: 'test',
      },
    });
    server.stepDown(1500);

    const outcome = await impatient.resources.read([{ type: 'Patient', id: 'old' }]).catch(String);
    const ping = await impatient.ping().catch(String);
    await new Promise((resolve) => setTimeout(resolve, 1500));

    expect([outcome, ping].map(String)).to.deep.equal([
      'Unavailable: The database cannot be reached just now.',
      'Unavailable: The database cannot be reached just now.',
    ]);
    await eventually(() => impatient.ping());
    expect(await impatient.resources.read([{ type: 'Patient', id: 'old' }])).to.deep.equal([
      version('Patient/old'),
    ]);
    await impatient.close();
  });

  it('finishes what was begun before it closes', async () => {
    const other = await openMongo({ url: server.url, searchSeconds: 5, fingerprint: 'test' });
    const begun = Array.from({ length: 20 }, (_, id) => [
      other.resources.commit([put(`Patient/${String(id)}`), put(`Patient/${String(id)}-b`)]),
      other.records.put('kind', String(id), {}),
    ]).flat();
    await other.close();

    await Promise.all(begun);
    expect(await store.resources.count(everything)).to.equal(41);
    expect(await store.records.find('kind', {})).to.have.length(20);
  });

  it('gives up on a transaction that conflicts without end', async () => {
    server.mishap({
      ...{ command: 'commitTransaction', times: 100_000 },
      how: { code: 112, labels: ['TransientTransactionError'] },
    });

    const error: unknown = await store.resources
      .commit([put('Patient/old/2')])
      .catch((thrown: unknown) => thrown);

    expect(error).to.be.instanceOf(Unavailable);
    expect(await search(store, everything)).to.deep.equal(['Patient/old']);
  });

  it('lets two commits not each make untrue what the other expects, whatever terms they ask by', async () => {
    const both = [token('Patient.identifier', 'x'), token('Patient.email', 'y')];
    const byMail = tokenIs('Patient.email', 'y');
    for (let round = 0; round < 20; round += 1) {
      const name = (side: string): string => `Patient/${side}${String(round)}`;
      const entries = both.map((entry) => ({ ...entry, param: `${entry.param}${String(round)}` }));
      const plans = [mrn('x'), byMail].map((plan) => ({
        ...(plan as { op: 'token'; params: string[]; any: [] }),
      }));
      const results = await Promise.allSettled(
        ['a', 'b'].map((side, place) => {
          const plan = plans[place]!;
          const params = plan.params.map((param) => `${param}${String(round)}`);
          const created = put(name(side), entries);
          const expectation = { op: 'none' as const, plan: { ...plan, params } };
          const expected = [follows(created.version), expectation];
          return store.resources.commit([{ ...created, expect: expected }]);
        }),
      );

      const rejected = results.filter((result) => result.status === 'rejected');
      expect(rejected, String(round)).to.have.length(1);
      expect(rejected[0]!.reason).to.be.instanceOf(Conflict);
    }
  });
});

const eventually = async (work: () => Promise<unknown>): Promise<void> => {
  for (let tries = 0; ; tries += 1)
    try {
      await work();
      return;
    } catch (error) {
      if (tries > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
};
