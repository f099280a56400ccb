// No standard search scans a collection: each is led by an index. On the stand-in this is shown by the documented rules of when
// MongoDB can use an index, on a real server by its own planner.
// https://www.mongodb.com/docs/manual/core/indexes/

import { expect } from 'chai';
import { openMongo } from '#src/store/mongo/open.ts';
import type { Store } from '#src/store/port.ts';
import { registry, plan } from '#test/search/support.ts';
import { useMongo } from '#test/support/mongo.ts';

/** A value of each type of parameter, and another way to ask where that is led by another index. */
const values: Readonly<Record<string, readonly string[]>> = {
  token: ['http://a|b', 'b', 'http://a|', '|b'],
  string: ['eve', 'Eve Adams'],
  reference: ['Patient/1', 'http://elsewhere.example/Patient/1'],
  date: ['2024-02', 'ge2024', 'lt2024-03-01', 'ne2024', 'sa2023', 'eb2025', 'ap2024'],
  number: ['5', 'gt5', 'le5', 'ne5'],
  quantity: ['5|http://unitsofmeasure.org|mg', 'gt5', '5||mg'],
  uri: ['http://a/b'],
};
const types = [
  'Patient',
  'Observation',
  'Encounter',
  'MedicationRequest',
  'ValueSet',
  'RiskAssessment',
];
const sorts = ['', '&_sort=-_lastUpdated', '&_sort=_id'];
const others = [
  'Patient?',
  'Patient?_id=1,2',
  'Patient?_lastUpdated=ge2024',
  'Patient?_lastUpdated=ge2024&_sort=_lastUpdated',
  'Patient?name:exact=Eve',
  'Patient?identifier=http://a|1&birthdate=1970',
  'Observation?patient=1&code=http://loinc.org|1-8&_sort=-date',
  'Observation?patient.name=eve',
  'Observation?subject:Patient.organization.name=ward',
  'Observation?code-value-quantity=http://loinc.org|1-8$gt5',
  'Patient?_has:Observation:patient:code=1-8',
  'Patient?name:contains=ve',
  'Patient?gender:not=male',
  'Patient?birthdate:missing=true',
  'Patient?birthdate:missing=false',
];

const searches = [
  ...types.flatMap((type) =>
    [...registry.parameters(type)].flatMap(([code, { type: kind }]) =>
      (values[kind] ?? []).flatMap((value) =>
        sorts.map((sort) => `${type}?${code}=${value}${sort}`),
      ),
    ),
  ),
  ...others,
];

describe('store/mongo: explain', function () {
  this.timeout(120_000);
  let store: Store;
  let close: () => Promise<void>;
  before(async () => {
    const server = await useMongo();
    const url = server.freshUrl();
    store = await openMongo({ url, searchSeconds: 20, fingerprint: 'test' });
    close = async () => {
      await store.close();
      await server.drop(url);
      await server.release();
    };
  });
  after(() => close());

  it(`leads each of ${String(searches.length)} standard searches by an index`, async () => {
    const scans: string[] = [];
    let refused = 0;
    for (const request of searches) {
      const asked = await plan(request).catch(() => undefined);
      if (asked === undefined) {
        // Not every way to write a value is one of this parameter's.
        refused += 1;
        continue;
      }
      const explained = (await store.resources.explain(asked.plan, {
        ...{ sort: asked.sort, size: 20 },
      })) as { readonly way: string };
      if (explained.way.includes('all documents')) scans.push(`${request}: ${explained.way}`);
    }

    expect(scans).to.deep.equal([]);
    expect(searches.length - refused).to.be.greaterThan(800);
  });

  it('leads by the index of the value rather than by that of the type', async () => {
    const ways: Readonly<Record<string, string>> = {
      'Patient?identifier=http://a|1': 'token.p_1_token.c_1_key_1',
      'Patient?family=eve': 'string.p_1_string.f_1_key_1',
      'Observation?subject=Patient/1': 'reference.p_1_reference.t_1_key_1',
      'Observation?date=2024': 'date.p_1_date.l_1_date.h_1',
      'ValueSet?url=http://a/b': 'uri.p_1_uri.u_1_key_1',
      'Patient?_sort=_lastUpdated': 'type_1_at_1_key_1',
    };
    for (const [request, index] of Object.entries(ways)) {
      const asked = await plan(request);
      const explained = await store.resources.explain(asked.plan, { sort: asked.sort, size: 20 });

      expect(JSON.stringify(explained), request).to.contain(index);
    }
  });
});
