// What is written about a Patient that was merged leads to the one who remains, for who may see both, on every engine.

import { expect } from 'chai';
import type { Bundle, Observation, Provenance, RelatedPerson } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { base, openInside, type Inside, type Send } from '#test/support/rights.ts';

const network: Caller = {
  ...{ client: 'registry', token: 'test', role: 'network', scopes: ['system/*.cruds'] },
};
const clinicianOf = (organization: string): Caller => ({
  ...{ client: 'test', token: 'test', user: 'someone', role: 'clinician', organization },
  ...{ fhirUser: 'Practitioner/someone', scopes: ['user/*.cruds'] },
});
const observation = (reference: string): Observation => ({
  ...{ resourceType: 'Observation', status: 'final', code: { text: 'pulse' } },
  subject: { reference },
});
const refers = (name: string, reference: string) => ({ name, valueReference: { reference } });

for (const engine of engines)
  describe(`references to merged Patients on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Inside;
    let send: Send;
    before(async () => {
      opened = await engine.open();
      inside = openInside(opened.store);
      send = inside.as(network);
      const by = (organization: string) => inside.by(`Organization/${organization}`);
      for (const [organization, id] of [
        ...[['north', 'source'] as const, ['south', 'target'] as const, ['south', 'last'] as const],
      ])
        await by(organization)('PUT', `Patient/${id}`, { body: { resourceType: 'Patient', id } });
      await merge('source', 'target');
    });
    after(() => opened.close());

    const merge = async (source: string, target: string): Promise<void> => {
      const parameter = [
        refers('source-patient', `Patient/${source}`),
        refers('target-patient', `Patient/${target}`),
      ];
      const body = { resourceType: 'Parameters', parameter };
      const { status, text } = await send('POST', 'Patient/$merge', { body });
      expect(status, text).to.equal(200);
    };
    const subjectOf = async (id: string) =>
      ((await inside.by()('GET', `Observation/${id}`)).json as Observation).subject!.reference;
    const create = async (reference: string, by: Send = send): Promise<string> => {
      const { status, text, json } = await by('POST', 'Observation', {
        body: observation(reference),
      });
      expect(status, text).to.equal(201);
      return (json as Observation).id!;
    };

    it('are led by a create, relative and absolute ones', async () => {
      expect(await subjectOf(await create('Patient/source'))).to.equal('Patient/target');
      expect(await subjectOf(await create(`${base}/Patient/source`))).to.equal(
        `${base}/Patient/target`,
      );
    });

    it('stay where they lead to another server, whatever id somebody has there', async () => {
      const elsewhere = 'https://other.example/fhir/Patient/source';
      const body: Observation = {
        ...observation('Patient/source'),
        performer: [{ reference: elsewhere }],
      };

      const { json } = await send('POST', 'Observation', { body });

      const { subject, performer } = json as Observation;
      expect(subject!.reference).to.equal('Patient/target');
      expect(performer![0]!.reference).to.equal(elsewhere);
    });

    it('are found where they lead', async () => {
      const id = await create('Patient/source');

      const { keys } = await send('GET', 'Observation?patient=target');

      expect(keys).to.include(`Observation/${id}`);
    });

    it('are led by an update and a patch', async () => {
      const updated = await create('Patient/target');
      const patched = await create('Patient/target');

      const body = { ...observation('Patient/source'), id: updated };
      await send('PUT', `Observation/${updated}`, { body });
      const patch = {
        resourceType: 'Parameters',
        parameter: [
          {
            name: 'operation',
            part: [
              { name: 'type', valueCode: 'replace' },
              { name: 'path', valueString: 'Observation.subject.reference' },
              { name: 'value', valueString: 'Patient/source' },
            ],
          },
        ],
      };
      const answer = await send('PATCH', `Observation/${patched}`, { body: patch });

      expect(answer.status, answer.text).to.equal(200);
      expect(await subjectOf(updated)).to.equal('Patient/target');
      expect(await subjectOf(patched)).to.equal('Patient/target');
    });

    it('are led in every entry of a transaction', async () => {
      const entry = [1, 2, 3].map(() => ({
        resource: observation('Patient/source'),
        request: { method: 'POST', url: 'Observation' },
      }));

      const { json } = await send('POST', '', {
        body: { resourceType: 'Bundle', type: 'transaction', entry },
      });

      for (const { response } of (json as Bundle).entry!) {
        const [, id] = /Observation\/([^/]+)/.exec(response!.location!)!;
        expect(await subjectOf(id!)).to.equal('Patient/target');
      }
    });

    it('are led in whatever refers to a Patient', async () => {
      const body: RelatedPerson = {
        ...{ resourceType: 'RelatedPerson', patient: { reference: 'Patient/source' } },
      };

      const { json } = await send('POST', 'RelatedPerson', { body });

      expect((json as RelatedPerson).patient.reference).to.equal('Patient/target');
    });

    it('stay in a Provenance, which notes what was', async () => {
      const body: Provenance = {
        ...{ resourceType: 'Provenance', target: [{ reference: 'Patient/source' }] },
        ...{ recorded: '2024-01-01T00:00:00Z', agent: [{ who: { display: 'a desk' } }] },
      };

      const { json } = await inside.by()('POST', 'Provenance', { body });

      expect((json as Provenance).target[0]!.reference).to.equal('Patient/source');
    });

    it('stay where the writer may not see who remains, whom they must not learn of', async () => {
      const id = await create('Patient/source', inside.as(clinicianOf('Organization/north')));

      expect(await subjectOf(id)).to.equal('Patient/source');
    });

    it('are moved later by merging the two again', async () => {
      const id = await create('Patient/source', inside.as(clinicianOf('Organization/north')));

      await merge('source', 'target');

      expect(await subjectOf(id)).to.equal('Patient/target');
    });

    it('are led over several merges to the last who remains', async () => {
      await merge('target', 'last');

      expect(await subjectOf(await create('Patient/source'))).to.equal('Patient/last');
    });
  });
