// Synthea's patients summarised: each document valid, its sections as long as the bundle itself says they must be.

import { expect } from 'chai';
import type { AllergyIntolerance, Bundle, Condition, FhirResource, Observation } from 'fhir/r4.js';
import { bundleOf, clientOf, type Client } from '#test/support/client.ts';
import { long } from '#test/support/live.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { describeShared, hasShared, readShared } from '#test/support/shared.ts';
import { checkDocument, faultsOf, profilesOf, storeProfiles, toldIn } from './support/ips.ts';

interface Listed {
  readonly file: string;
  readonly bytes: number;
}

const all = (hasShared ? (JSON.parse(readShared('synthea', 'expected.json.gz')) as Listed[]) : [])
  .toSorted((left, right) => left.bytes - right.bytes)
  .filter((_, place) => long || place % 20 === 10);

const ofType = <T extends FhirResource>({ entry = [] }: Bundle, type: T['resourceType']) =>
  entry.map(({ resource }) => resource as T).filter(({ resourceType }) => resourceType === type);

const countOf = (
  bundle: Bundle,
  type: 'Condition' | 'AllergyIntolerance',
  status: string,
): number =>
  ofType<Condition | AllergyIntolerance>(bundle, type).filter(
    ({ clinicalStatus }) => clinicalStatus?.coding?.[0]?.code === status,
  ).length;

/** How many codes there are among the observations of a category. */
const codesIn = (bundle: Bundle, category: string): number =>
  new Set(
    ofType<Observation>(bundle, 'Observation')
      .filter((each) => each.category?.some(({ coding }) => coding?.[0]?.code === category))
      .map(({ code }) => code.coding![0]!.code),
  ).size;

const countIn = (bundle: Bundle, type: FhirResource['resourceType'], ...statuses: string[]) =>
  ofType(bundle, type).filter(
    (each) => 'status' in each && statuses.some((status) => status === each.status),
  ).length;

/** Of each section what the bundle itself says: code, type of entries, number. */
const expectations: readonly (readonly [
  code: string,
  type: string,
  count: (bundle: Bundle) => number,
  most: number,
])[] = [
  ['11450-4', 'Condition', (bundle) => countOf(bundle, 'Condition', 'active'), 100],
  ['11348-0', 'Condition', (bundle) => countOf(bundle, 'Condition', 'resolved'), 50],
  [
    '48765-2',
    'AllergyIntolerance',
    (bundle) => countOf(bundle, 'AllergyIntolerance', 'active'),
    100,
  ],
  ['10160-0', 'MedicationRequest', (bundle) => countIn(bundle, 'MedicationRequest', 'active'), 100],
  ['11369-6', 'Immunization', (bundle) => countIn(bundle, 'Immunization', 'completed'), 100],
  ['47519-4', 'Procedure', (bundle) => countIn(bundle, 'Procedure', 'completed'), 50],
  [
    '30954-2',
    'Observation',
    (bundle) => codesIn(bundle, 'laboratory') + codesIn(bundle, 'imaging'),
    100,
  ],
  ['8716-3', 'Observation', (bundle) => codesIn(bundle, 'vital-signs'), 30],
];

/** Synthea's laboratory results have no performer, which the profile of IPS wants and nobody here can know. */
const unmendable = /performer/;

describeShared(`Patient/$summary of ${String(all.length)} Synthea patients`, function () {
  this.timeout(300_000);
  let server: TestServer;
  let client: Client;
  before(async () => {
    server = await startServer();
    client = clientOf(server.base);
    await storeProfiles(client);
  });
  after(async () => {
    client.close();
    await server.close();
  });

  for (const { file } of all)
    describe(file.slice(8, 16), () => {
      let bundle: Bundle;
      let summary: Bundle;
      before(async () => {
        bundle = JSON.parse(readShared('synthea', file)) as Bundle;
        const { entry = [] } = bundleOf(await client.post('', bundle));
        const [, patient] = /(Patient\/[^/]+)\/_history/.exec(entry[0]!.response!.location!)!;
        summary = bundleOf(await client.get(`${patient!}/$summary`));
      });

      it('is a valid IPS document', async () => {
        expect(await faultsOf(client, summary, 'Bundle-uv-ips')).to.deep.equal([]);
        checkDocument(summary);
      });

      it('holds entries that are valid by the profiles of their types', async () => {
        const [, ...resources] = summary.entry!.map(({ resource }) => resource!);
        for (const resource of resources.slice(0, -1)) {
          const [profile] = profilesOf[resource.resourceType] ?? [];
          if (resource.resourceType === 'Observation') continue;
          expect(await faultsOf(client, resource, profile), resource.id).to.deep.equal([]);
        }
      });

      it('holds laboratory results that lack nothing but a performer', async () => {
        const urls = new Set(toldIn(summary, '30954-2'));
        const results = summary.entry!.filter(({ fullUrl }) => urls.has(fullUrl!));
        for (const { resource } of results.filter(
          ({ resource: each }) => each!.resourceType === 'Observation',
        )) {
          const faults = await faultsOf(client, resource!, profilesOf['Observation']![0]);
          expect(faults.length).to.be.above(0);
          for (const fault of faults) expect(fault).to.match(unmendable);
        }
      });

      for (const [code, type, count, most] of expectations)
        it(`tells as many in ${code} as there are`, () => {
          const told = toldIn(summary, code).filter((url) => url.includes(`/${type}/`));

          expect(told.length).to.equal(Math.min(count(bundle), most));
        });
    });
});
