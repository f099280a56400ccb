// Transactions over a store that plays what engines with snapshots do: writers that all see the state before them.
// https://hl7.org/fhir/R4/http.html#trules

import { expect } from 'chai';
import { unrestricted } from '../../../src/access/permit.ts';
import { parseDocument } from '../../../src/fhir/json.ts';
import { Problem } from '../../../src/fhir/problem.ts';
import { transaction } from '../../../src/interactions/transaction.ts';
import type { Context, FhirResponse } from '../../../src/interactions/types.ts';
import { everything } from '../../../src/search/plan.ts';
import { Conflict, type Store } from '../../../src/store/port.ts';
import { openMemoryStore } from '../../support/memory-store/open.ts';
import { startServer, type TestServer } from '../../support/server.ts';

const patient = {
  resourceType: 'Patient',
  identifier: [{ system: 'http://example.org/s', value: 'one' }],
};
const entry = [
  {
    ...{ fullUrl: 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a', resource: patient },
    request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=http://example.org/s|one' },
  },
  {
    resource: {
      ...{ resourceType: 'Observation', status: 'final', code: { text: 'x' } },
      subject: { reference: 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a' },
      performer: [{ reference: 'Patient?identifier=http://example.org/s|one' }],
    },
    request: { method: 'POST', url: 'Observation' },
  },
];

describe('interactions/transaction over a mischievous store', () => {
  let server: TestServer;
  before(async () => (server = await startServer()));
  after(() => server.close());

  const send = (store: Store): Promise<FhirResponse> => {
    const context: Context = { ...server.context, store };
    const body = parseDocument(
      JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
      64,
    );
    return transaction(
      { ...{ method: 'POST', path: '', query: [], headers: {}, body, base: server.base } },
      unrestricted,
      context,
    );
  };
  const countOf = (store: Store) => store.resources.count(everything);

  it('makes one patient of eight conditional creates that do not see each other', async () => {
    const store = openMemoryStore({ conflicts: 'skew' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(store)));

    expect(answers.map(({ status }) => status)).to.deep.equal(Array(8).fill(200));
    expect(await countOf(store)).to.equal(9);
  });

  it('leaves nothing when the store crashes before the commit, and everything after it', async () => {
    for (const [crash, left] of [
      ['before', 0],
      ['after', 2],
    ] as const) {
      const store = openMemoryStore({ crash: () => crash });
      const outcome = await send(store).then(
        () => 'answered',
        () => 'failed',
      );

      expect([outcome, await countOf(store)]).to.deep.equal(['failed', left]);
    }
  });

  it('gives up with a conflict when it never wins, and has written nothing', async () => {
    const store = openMemoryStore({});
    let tries = 0;
    const commit: Store['resources']['commit'] = () => {
      tries += 1;
      return Promise.reject(
        new Conflict(0, { op: 'version', key: { type: 'Patient', id: 'x' }, version: '1' }),
      );
    };
    const fault = await send({ ...store, resources: { ...store.resources, commit } }).catch(
      (error: unknown) => error,
    );

    expect(fault).to.be.instanceOf(Problem);
    expect((fault as Problem).status).to.equal(409);
    expect((fault as Problem).issues[0]!.expression![0]).to.equal('Bundle.entry[1]');
    expect(tries).to.equal(16);
    expect(await countOf(store)).to.equal(0);
  });
});
