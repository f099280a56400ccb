// ITI-65 and structured reports: transactions that name their patient by health ID, all or nothing.
// https://profiles.ihe.net/ITI/MHD/ITI-65.html

import { expect } from 'chai';
import type {
  Bundle,
  BundleEntry,
  DocumentReference,
  Encounter,
  FhirResource,
  List,
  Observation,
  Patient,
  Reference,
} from 'fhir/r4.js';
import { drawNumber } from '#src/health-id/number.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openInside, type Answered, type Inside, type Send } from '#test/support/rights.ts';
import {
  clinician,
  entriesOf,
  hashOf,
  labBundle,
  laboratory,
  mistyped,
  person,
  provideBundle,
  report,
  system,
} from './support/uploads.ts';

for (const engine of engines)
  describe(`transactions uploaded by health ID on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Inside;
    let atLab: Send;
    let patient: Patient;
    let number: string;

    beforeEach(async () => {
      opened = await engine.open();
      inside = openInside(opened.store, { enrolOnCreate: true });
      atLab = inside.as(laboratory);
      const made = await inside.by('Organization/b')('POST', 'Patient', { body: person() });
      patient = made.json as Patient;
      number = patient.identifier![0]!.value!;
    });
    afterEach(() => opened.close());

    const send = (body: object, by = atLab) => by('POST', '', { body });
    const all = async (type: string): Promise<readonly object[]> =>
      (((await inside.by()('GET', type)).json as Bundle).entry ?? []).map(
        ({ resource }) => resource!,
      );
    const isNothingStored = async () => {
      for (const type of ['DocumentReference', 'Observation', 'Binary', 'List', 'Task'])
        expect(await all(type), type).to.deep.equal([]);
    };
    const responsesOf = ({ json }: Answered) =>
      ((json as Bundle).entry ?? []).map(({ response }) => response!);
    const change = (
      bundle: Bundle,
      type: string,
      by: (entry: BundleEntry) => BundleEntry,
    ): Bundle => ({
      ...bundle,
      entry: bundle.entry!.map((entry) =>
        entry.resource?.resourceType === type ? by(entry) : entry,
      ),
    });
    const withAttachment = (bundle: Bundle, changes: object): Bundle =>
      change(bundle, 'DocumentReference', (entry) => {
        const resource = entry.resource as DocumentReference;
        const attachment = { ...resource.content[0]!.attachment, ...changes };
        return { ...entry, resource: { ...resource, content: [{ attachment }] } };
      });

    describe('Provide Document Bundle', () => {
      it('is filed and answered with a location for each entry, in their order', async () => {
        const answer = await send(provideBundle(number));
        const responses = responsesOf(answer);

        expect(answer.status).to.equal(200);
        expect((answer.json as Bundle).type).to.equal('transaction-response');
        expect(responses.map(({ status }) => status)).to.deep.equal(Array(4).fill('201 Created'));
        expect(responses.map(({ location }) => location!.split('/')[0])).to.deep.equal([
          ...['List', 'DocumentReference', 'Binary', 'List'],
        ]);
      });

      it('makes everything be about the Patient', async () => {
        await send(provideBundle(number));
        const [document] = (await all('DocumentReference')) as DocumentReference[];
        const lists = (await all('List')) as List[];

        expect(document!.subject!.reference).to.equal(`Patient/${patient.id!}`);
        expect(document!.content[0]!.attachment).to.include({
          ...{ size: report.length, hash: hashOf(report) },
        });
        expect(document!.content[0]!.attachment.url).to.match(/^Binary\//);
        expect(lists.map(({ subject }) => subject!.reference)).to.deep.equal([
          ...Array<string>(2).fill(`Patient/${patient.id!}`),
        ]);
      });

      it('may carry the Patient as an entry, which says who is meant and is not written', async () => {
        const answer = await send(provideBundle(number, { patient: 'entry' }));
        const responses = responsesOf(answer);

        expect(answer.status).to.equal(200);
        expect(responses).to.have.length(5);
        expect(await all('Patient')).to.have.length(1);
        expect(
          ((await all('DocumentReference'))[0] as DocumentReference).subject!.reference,
        ).to.equal(`Patient/${patient.id!}`);
      });

      it('answers what was sent alone, wherever the Patient stands and whatever is added', async () => {
        const bundle = provideBundle(number, { patient: 'entry' });
        const inline = withAttachment(bundle, { url: undefined, data: report.toString('base64') });
        const entry = inline
          .entry!.filter(({ resource }) => resource!.resourceType !== 'Binary')
          .toReversed();

        const answer = await send({ ...inline, entry });

        expect(responsesOf(answer).map(({ location }) => location!.split('/')[0])).to.deep.equal([
          ...['Patient', 'List', 'DocumentReference', 'List'],
        ]);
      });

      it('takes a document inline as well', async () => {
        const bundle = provideBundle(number);
        const inline = withAttachment(bundle, {
          url: undefined,
          data: report.toString('base64'),
        });
        const entry = inline.entry!.filter(({ resource }) => resource!.resourceType !== 'Binary');

        const answer = await send({ ...inline, entry });

        expect(answer.status).to.equal(200);
        expect(responsesOf(answer)).to.have.length(3);
        expect(await all('Binary')).to.have.length(1);
      });

      it('is held as a whole when the person does not agree, the same for an unknown number', async () => {
        for (const value of [number, drawNumber()]) {
          const answer = await send(provideBundle(value, { said: { name: [{ family: 'Rao' }] } }));

          expect(answer.status).to.equal(202);
          expect((answer.json as FhirResource).resourceType).to.equal('Task');
        }
        expect(await all('DocumentReference')).to.deep.equal([]);
        expect(await all('List')).to.deep.equal([]);
      });

      const wrong: Readonly<Record<string, { body: (right: string) => object; words: string }>> = {
        'a wrong check digit': { body: (right) => provideBundle(mistyped(right)), words: 'check' },
        'a size that is not the document’s': {
          body: (right) => withAttachment(provideBundle(right), { size: 1 }),
          words: 'XDSRepositoryMetadataError',
        },
        'a hash that is not the document’s': {
          body: (right) => withAttachment(provideBundle(right), { hash: hashOf(Buffer.from('x')) }),
          words: 'XDSRepositoryMetadataError',
        },
        'a document that is not in it': {
          body: (right) =>
            withAttachment(provideBundle(right), {
              url: 'urn:uuid:00000000-0000-4000-8000-00000000ffff',
            }),
          words: 'XDSMissingDocument',
        },
        'a FHIR document': {
          body: (right) =>
            change(provideBundle(right), 'Binary', (entry) => ({
              ...entry,
              resource: { resourceType: 'Bundle', type: 'document' },
              request: { method: 'POST', url: 'Bundle' },
            })),
          words: 'Bundle',
        },
        'nothing that says more of the person': {
          body: (right) => provideBundle(right, { said: {} }),
          words: 'birth date',
        },
        'a DocumentReference without content': {
          body: (right) =>
            change(provideBundle(right), 'DocumentReference', (entry) => ({
              ...entry,
              resource: { ...(entry.resource as DocumentReference), content: [] },
            })),
          words: 'content',
        },
      };
      for (const [what, { body, words }] of Object.entries(wrong))
        it(`is refused with ${what}, and nothing is stored`, async () => {
          const { status, text } = await send(body(number));

          expect(status, text).to.equal(422);
          expect(text).to.contain(words);
          expect(text).to.contain('Bundle.entry[');
          await isNothingStored();
        });

      it('sent again is answered with what was filed', async () => {
        const first = await send(provideBundle(number));

        const second = await send(provideBundle(number));

        expect(responsesOf(second).map(({ status }) => status)).to.deep.equal([
          ...['200 OK', '200 OK', '200 OK', '201 Created'],
        ]);
        expect(responsesOf(second)[1]!.location).to.equal(responsesOf(first)[1]!.location);
        expect(responsesOf(second)[2]!.location).to.equal(responsesOf(first)[2]!.location);
        expect(await all('DocumentReference')).to.have.length(1);
        expect(await all('Binary')).to.have.length(1);
      });

      it('may make the replaced document superseded itself', async () => {
        await send(provideBundle(number));
        const [old] = (await all('DocumentReference')) as DocumentReference[];
        const bundle = provideBundle(number, { bytes: Buffer.from('corrected') });
        const replacing = change(bundle, 'DocumentReference', (entry) => ({
          ...entry,
          resource: {
            ...(entry.resource as DocumentReference),
            relatesTo: [
              { code: 'replaces', target: { reference: `DocumentReference/${old!.id!}` } },
            ],
          },
        }));
        const update: BundleEntry = {
          resource: { ...old, status: 'superseded' } as DocumentReference,
          request: { method: 'PUT', url: `DocumentReference/${old!.id!}` },
        };

        const answer = await send({ ...replacing, entry: [...replacing.entry!, update] });
        const statuses = ((await all('DocumentReference')) as DocumentReference[]).map(
          ({ status }) => status,
        );

        expect(answer.status, answer.text).to.equal(200);
        expect(statuses.sort()).to.deep.equal(['current', 'superseded']);
      });
    });

    describe('structured reports', () => {
      it('are filed with the Patient', async () => {
        const answer = await send(labBundle(number));
        const [observation] = (await all('Observation')) as Observation[];

        expect(answer.status, answer.text).to.equal(200);
        expect(observation!.subject!.reference).to.equal(`Patient/${patient.id!}`);
        expect((observation as { contained?: unknown }).contained).to.equal(undefined);
        expect(await all('DiagnosticReport')).to.have.length(1);
      });

      it('are all or nothing', async () => {
        const bundle = labBundle(number);
        const broken = change(bundle, 'Observation', (entry) => ({
          ...entry,
          resource: { ...(entry.resource as Observation), status: 'nonsense' as 'final' },
        }));

        const { status, text } = await send(broken);

        expect(status).to.equal(422);
        expect(text).to.contain('Bundle.entry[1].resource.status');
        await isNothingStored();
      });

      it('are refused of a clinician, whoever has the number', async () => {
        for (const value of [number, drawNumber(), mistyped(number)])
          expect((await send(labBundle(value), inside.as(clinician))).status).to.equal(403);
        await isNothingStored();
      });
    });

    it('can be corrected by who filed them, who may not make them be about somebody else', async () => {
      await send(labBundle(number));
      const other = await inside.by('Organization/b')('POST', 'Patient', {
        body: person({ name: [{ family: 'Rao' }], birthDate: '1950-01-01', gender: 'male' }),
      });
      const [observation] = (await all('Observation')) as Observation[];
      const address = `Observation/${observation!.id!}`;
      const put = (changes: Partial<Observation>) =>
        atLab('PUT', address, { body: { ...observation, ...changes } });

      const corrected = await put({ status: 'entered-in-error' });
      const moved = await put({ subject: { reference: `Patient/${(other.json as Patient).id!}` } });

      expect(corrected.status, corrected.text).to.equal(200);
      expect(moved.status).to.equal(403);
    });

    describe('cannot be made a way to the record', () => {
      const encounter = (subject: Reference): BundleEntry => {
        const resource: Encounter = {
          ...{ resourceType: 'Encounter', status: 'planned', subject },
          class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
        };
        return { resource, request: { method: 'POST', url: 'Encounter' } };
      };
      const observed = (reference: string): BundleEntry => {
        const resource: Observation = {
          ...{ resourceType: 'Observation', status: 'final', code: { text: 'x' } },
          subject: { reference },
        };
        return { resource, request: { method: 'POST', url: 'Observation' } };
      };
      const ways: Readonly<Record<string, () => BundleEntry>> = {
        'an Encounter that names the number': () =>
          encounter({ identifier: { system, value: number } }),
        'an Encounter that names the Patient': () =>
          encounter({ reference: `Patient/${patient.id!}` }),
        'an Appointment': () => ({
          resource: {
            ...({ resourceType: 'Appointment', status: 'booked' } as const),
            participant: [{ actor: { reference: `Patient/${patient.id!}` }, status: 'accepted' }],
          },
          request: { method: 'POST', url: 'Appointment' },
        }),
        'a Patient that links to the other': () => ({
          resource: {
            resourceType: 'Patient',
            link: [{ type: 'seealso', other: { reference: `Patient/${patient.id!}` } }],
          },
          request: { method: 'POST', url: 'Patient' },
        }),
        'a Device that names the number': () => ({
          resource: { resourceType: 'Device', patient: { identifier: { system, value: number } } },
          request: { method: 'POST', url: 'Device' },
        }),
        'a read of the Patient': () => ({
          request: { method: 'GET', url: `Patient/${patient.id!}` },
        }),
        'a deletion': () => ({ request: { method: 'DELETE', url: 'DocumentReference/1' } }),
        'a Provenance of the Patient': () => ({
          resource: {
            ...({ resourceType: 'Provenance', recorded: '2026-01-01T00:00:00Z' } as const),
            target: [{ reference: `Patient/${patient.id!}` }],
            agent: [{ who: { display: 'me' } }],
          },
          request: { method: 'POST', url: 'Provenance' },
        }),
      };
      for (const [what, entry] of Object.entries(ways))
        it(`by ${what}`, async () => {
          const bundle = labBundle(number);

          const answer = await send({ ...bundle, entry: [...bundle.entry!, entry()] });

          expect(answer.status, answer.text).to.be.oneOf([403, 422]);
          await isNothingStored();
          expect((await atLab('GET', `Patient/${patient.id!}`)).status).to.equal(404);
        });

      it('by a conditional reference or create', async () => {
        const bundle = labBundle(number);
        const entry = observed(`Patient?identifier=${system}|${number}`);

        const answer = await send({ ...bundle, entry: [...bundle.entry!, entry] });

        expect(answer.status, answer.text).to.equal(412);
        await isNothingStored();
      });

      it('by another patient beside', async () => {
        const made = await inside.by('Organization/b')('POST', 'Patient', {
          body: person({ name: [{ family: 'Rao' }], birthDate: '1950-01-01', gender: 'male' }),
        });
        const bundle = labBundle(number);
        const entry = observed(`Patient/${(made.json as Patient).id!}`);

        const answer = await send({ ...bundle, entry: [...bundle.entry!, entry] });

        expect(answer.status, answer.text).to.equal(403);
        await isNothingStored();
      });
    });

    it('holds entries of a batch one by one', async () => {
      const bundle = labBundle(number);
      const [diagnostic] = entriesOf(bundle);

      const answer = await send({ resourceType: 'Bundle', type: 'batch', entry: [diagnostic] });

      expect(responsesOf(answer).map(({ status }) => status)).to.deep.equal([
        '422 Unprocessable Entity',
      ]);
    });
  });
