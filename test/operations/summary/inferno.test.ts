// What Inferno's IPS test kit asks of a server that makes summaries, asked of summaries of IPS's own examples.
// https://github.com/inferno-framework/ips-test-kit

import { expect } from 'chai';
import type { Bundle, CapabilityStatement, Composition, FhirResource } from 'fhir/r4.js';
import { bundleOf, clientOf, resourceOf, type Client } from '#test/support/client.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { describeShared, readShared } from '#test/support/shared.ts';
import { checkDocument, faultsOf, profilesOf, storeProfiles, toldIn } from './support/ips.ts';

/** "IPS Server returns Bundle resource" with at least one valid of these. */
const required = ['MedicationStatement', 'AllergyIntolerance', 'Condition'];

const examples = [
  'IPS-examples-Bundle-01',
  'IPS-examples-Bundle-with-immunization',
  'bundle-minimal',
];

describeShared('Patient/$summary as Inferno asks', function () {
  this.timeout(120_000);
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

  it('is declared in the CapabilityStatement', async () => {
    const { rest } = resourceOf(await client.get('metadata')) as CapabilityStatement;

    const { operation = [] } = rest![0]!.resource!.find(({ type }) => type === 'Patient')!;
    expect(operation).to.deep.include({
      name: 'summary',
      definition: 'http://hl7.org/fhir/uv/ips/OperationDefinition/summary',
    });
  });

  for (const name of examples)
    describe(`of ${name}`, () => {
      let original: Bundle;
      let stored: ReadonlyMap<string, string>;
      let patient: string;
      let summary: Bundle;
      before(async () => {
        original = JSON.parse(readShared('ips', 'examples', `Bundle-${name}.json`)) as Bundle;
        stored = await storeContent(client, original);
        patient = [...stored.values()].find((key) => key.startsWith('Patient/'))!;
        summary = bundleOf(await client.get(`${patient}/$summary`));
      });
      const resources = () => summary.entry!.map(({ resource }) => resource!);

      it('gives the same Bundle by GET and POST', async () => {
        const posted = bundleOf(
          await client.post(`${patient}/$summary`, { resourceType: 'Parameters' }),
        );

        const urls = ({ entry = [] }: Bundle) =>
          entry.map(({ fullUrl }) => fullUrl).filter((url) => !url!.startsWith('urn:'));
        expect(urls(posted)).to.deep.equal(urls(summary));
      });

      it('gives a Bundle that is valid by Bundle-uv-ips, its slices included', async () => {
        expect(await faultsOf(client, summary, 'Bundle-uv-ips')).to.deep.equal([]);
        checkDocument(summary);
      });

      it('begins with a Composition that is valid by Composition-uv-ips', async () => {
        expect(await faultsOf(client, resources()[0]!, 'Composition-uv-ips')).to.deep.equal([]);
      });

      it('holds only entries that are valid by R4', async () => {
        for (const resource of resources())
          expect(await faultsOf(client, resource), resource.id).to.deep.equal([]);
      });

      it('holds a valid medication, allergy and problem wherever the example does', async () => {
        const has = original.entry!.map(({ resource }) => resource!.resourceType);
        for (const type of required.filter((each) =>
          has.includes(each as FhirResource['resourceType']),
        )) {
          const some = resources().filter(({ resourceType }) => resourceType === type);
          const faults = await Promise.all(
            some.map((each) => faultsOf(client, each, profilesOf[type]![0])),
          );

          expect(
            faults.some((list) => list.length === 0),
            type,
          ).to.equal(true);
        }
      });

      it('holds only entries that meet a profile of their type', async () => {
        for (const resource of resources()) {
          if (
            (resource.resourceType === 'Device' && resource.id === software(summary)) ||
            resource.resourceType === 'Composition'
          )
            continue;
          const profiles = profilesOf[resource.resourceType] ?? [];
          const faults = await Promise.all(
            profiles.map((profile) => faultsOf(client, resource, profile)),
          );

          expect(
            faults.some((list) => list.length === 0),
            JSON.stringify([resource.resourceType, faults]),
          ).to.equal(true);
        }
      });

      it('tells in each section what the example tells there', () => {
        const { section = [] } = original.entry![0]!.resource as Composition;
        for (const { code, entry = [] } of section) {
          const wanted = entry
            .map(({ reference }) => reference!)
            .map((reference) => `${server.base}/${stored.get(reference)!}`);

          expect(toldIn(summary, code!.coding![0]!.code!)).to.include.members(wanted);
        }
      });
    });
});

const software = ({ entry = [] }: Bundle): string | undefined => entry.at(-1)!.resource!.id;

/** Stores what an example holds; gives the address of each full url. */
const storeContent = async (
  client: Client,
  { entry = [] }: Bundle,
): Promise<ReadonlyMap<string, string>> => {
  const content = entry.filter(({ resource }) => resource!.resourceType !== 'Composition');
  const transaction = content.map(({ fullUrl, resource }) => ({
    ...{ fullUrl, resource },
    request: { method: 'POST', url: resource!.resourceType },
  }));
  const body = { resourceType: 'Bundle', type: 'transaction', entry: transaction };
  const { entry: answers = [] } = bundleOf(await client.post('', body));
  return new Map(
    answers.map(({ response }, at) => {
      const [, key] = /([A-Z]\w+\/[^/]+)\/_history/.exec(response!.location!)!;
      return [content[at]!.fullUrl!, key!];
    }),
  );
};
