// DocumentReference/$docref: kept documents and the summary, as far as the caller may see them, on every engine.
// https://hl7.org/fhir/us/core/STU6.1/OperationDefinition-docref.html

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Bundle, DocumentReference, OperationDefinition, OperationOutcome } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';
import { base, openInside, type Answered, type Inside } from '#test/support/rights.ts';

const loinc = 'http://loinc.org';
const [north, south] = ['Organization/north', 'Organization/south'];

const letter = (id: string, more: Partial<DocumentReference> = {}): DocumentReference => ({
  ...{ resourceType: 'DocumentReference', id, status: 'current', date: '2024-01-01T00:00:00Z' },
  type: { coding: [{ system: loinc, code: '18842-5' }] },
  subject: { reference: 'Patient/anna' },
  content: [{ attachment: { contentType: 'application/pdf', title: id } }],
  ...more,
});
const during = (start: string, end: string) => ({ context: { period: { start, end } } });

type Stored = readonly [custodian: string | undefined, resource: object];
const record: readonly Stored[] = [
  [undefined, { resourceType: 'Organization', id: 'north', name: 'North' }],
  [undefined, { resourceType: 'Organization', id: 'south', name: 'South' }],
  [north, { resourceType: 'Patient', id: 'anna' }],
  [north, { resourceType: 'Patient', id: 'bert' }],
  [north, letter('new', { date: '2024-03-01T00:00:00Z', ...during('2024-02-01', '2024-02-09') })],
  [north, letter('old', { date: '2020-03-01T00:00:00Z', ...during('2020-02-01', '2020-02-09') })],
  [north, letter('wrong', { status: 'entered-in-error' })],
  [north, letter('image', { type: { coding: [{ system: loinc, code: '18748-4' }] } })],
  [north, letter('of-bert', { subject: { reference: 'Patient/bert' } })],
  [south, letter('elsewhere', { type: { coding: [{ system: loinc, code: '11488-4' }] } })],
];

const staff = (organization: string): Caller => ({
  ...{ client: 'test', token: 'test', user: 'someone', role: 'clinician', organization },
  ...{ fhirUser: 'Practitioner/someone', scopes: ['user/*.rs'] },
});
const anna: Caller = {
  ...{ client: 'app', token: 'test', role: 'patient', fhirUser: 'Patient/anna', patient: 'anna' },
  scopes: ['patient/*.rs'],
};
const profile = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips';

for (const engine of engines)
  describe(`operations/docref on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Inside;
    before(async () => {
      opened = await engine.open();
      inside = openInside(opened.store);
      for (const [custodian, body] of record) {
        const { resourceType, id } = body as { resourceType: string; id: string };
        const path = `${resourceType}/${id}`;
        const put = await inside.by(custodian)('PUT', path, { body });
        expect(put.status, put.text).to.equal(201);
      }
    });
    after(() => opened.close());

    const ask = (query: string, caller: Caller = anna) =>
      inside.as(caller)('GET', `DocumentReference/$docref?${encodeURI(query)}`);
    const titlesOf = ({ json }: Answered) =>
      ((json as Bundle).entry ?? []).map(
        ({ resource }) => (resource as DocumentReference).content[0]!.attachment.title,
      );
    const summary = 'International Patient Summary';

    const cases: readonly (readonly [query: string, titles: readonly string[]])[] = [
      ['patient=anna', [summary, 'new', 'image', 'elsewhere']],
      ['patient=anna&start=2020-01-01&end=2021-01-01', ['old']],
      ['patient=anna&start=2020-02-05', ['new', 'image', 'elsewhere', 'old']],
      [`patient=anna&type=${loinc}|18842-5`, ['new']],
      [`patient=anna&type=${loinc}|18748-4&type=${loinc}|60591-5`, [summary, 'image']],
      ['patient=anna&on-demand=true', [summary]],
      [`patient=anna&profile=${profile}`, [summary]],
      ['patient=anna&profile=https://other.example/ccd', []],
      [`patient=anna&on-demand=true&type=${loinc}|34133-9`, []],
      ['patient=nobody', []],
    ];
    for (const [query, titles] of cases)
      it(`gives ${titles.join(', ') || 'nothing'} for ${query}`, async () => {
        const answer = await ask(query);

        expect(answer.status, answer.text).to.equal(200);
        expect(titlesOf(answer)).to.have.members([...titles]);
        expect((answer.json as Bundle).total).to.equal(titles.length);
      });

    it('takes Parameters as well', async () => {
      const parameter = [
        { name: 'patient', valueId: 'anna' },
        { name: 'type', valueCoding: { system: loinc, code: '18748-4' } },
      ];
      const body = { resourceType: 'Parameters', parameter };

      const answer = await inside.as(anna)('POST', 'DocumentReference/$docref', { body });

      expect(titlesOf(answer)).to.deep.equal(['image']);
    });

    it('gives the address of a summary that is there', async () => {
      const { json } = await ask('patient=anna&on-demand=true');
      const { content } = (json as Bundle).entry![0]!.resource as DocumentReference;

      const address = content[0]!.attachment.url!.slice(base.length + 1);
      const document = await inside.as(anna)('GET', address);

      expect((document.json as Bundle).type).to.equal('document');
    });

    it('gives DocumentReferences that are valid', async () => {
      const { json } = await ask('patient=anna');

      const answer = await inside.by()('POST', 'Bundle/$validate', { body: json as Bundle });

      const { issue } = answer.json as OperationOutcome;
      expect(issue.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    });

    it('keeps from staff what another organization keeps', async () => {
      expect(titlesOf(await ask('patient=anna', staff(north)))).not.to.include('elsewhere');
    });

    it('answers for a patient who is hidden as for one who is not there', async () => {
      for (const caller of [staff(south), { ...anna, patient: 'bert', fhirUser: 'Patient/bert' }]) {
        const hidden = await ask('patient=anna', caller);
        const unknown = await ask('patient=nobody', caller);
        const plain = ({ text }: Answered) => text.replace(/"(?:id|lastUpdated)":"[^"]*"/g, '');

        expect(hidden.status).to.equal(200);
        expect(plain(hidden)).to.equal(plain(unknown));
      }
    });

    for (const [query, words] of [
      ['', "'patient' must be the id"],
      ['patient=a b', "'patient' must be the id"],
      ['patient=anna&start=soon', "'start' must be a date"],
      ['patient=anna&typ=x', "did you mean 'type'"],
    ] as const)
      it(`answers 400 to '${query}'`, async () => {
        const { status, text } = await ask(query);

        expect(status).to.equal(400);
        expect(text).to.include(words);
      });
  });

describe('the definition of $docref', () => {
  const inside = openInside(openMemoryStore());
  const path = join(import.meta.dirname, '../../profiles/OperationDefinition-docref.json');
  const definition = JSON.parse(readFileSync(path, 'utf8')) as OperationDefinition;

  it('is valid', async () => {
    const answer = await inside.by()('POST', 'OperationDefinition/$validate', { body: definition });

    const { issue } = answer.json as OperationOutcome;
    expect(issue.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
  });

  it('names only parameters the operation takes', async () => {
    const { text } = await inside.by()('GET', 'DocumentReference/$docref?wrong=x');

    const taken = /it takes ([^.]*)\./.exec(text)?.[1]!.split(', ');
    const defined = definition.parameter!.filter(({ use }) => use === 'in');
    expect(taken).to.deep.equal(defined.map((each) => each.name));
  });
});
