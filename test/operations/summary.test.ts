// Patient/$summary: a document of what the caller may see and nothing else, on every engine.
// https://hl7.org/fhir/uv/ips/STU2/OperationDefinition-summary.html

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type {
  Bundle,
  Composition,
  OperationDefinition,
  OperationOutcome,
  Patient,
} from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';
import { base, openInside, type Answered, type Inside } from '#test/support/rights.ts';

const mrn = 'https://hospital.example/mrn';
const loinc = 'http://loinc.org';
const about = { reference: 'Patient/anna' };
const [north, south] = ['Organization/north', 'Organization/south'];

const coded = (system: string, code: string) => ({ coding: [{ system, code }] });
const clinical = (code: string) =>
  coded('http://terminology.hl7.org/CodeSystem/condition-clinical', code);
const condition = (id: string, status: string, more: object = {}) => ({
  ...{ resourceType: 'Condition', id, clinicalStatus: clinical(status), subject: about },
  ...{ code: { text: id }, ...more },
});
const observation = (
  id: string,
  category: string,
  more: object = { valueString: `value of ${id}` },
) => ({
  ...{ resourceType: 'Observation', id, status: 'final', subject: about, code: { text: id } },
  category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', category)],
  ...{ effectiveDateTime: '2024-01-01', ...more },
});
const glucose = { coding: [{ system: loinc, code: '2339-0', display: 'Glucose' }] };

type Stored = readonly [custodian: string | undefined, resource: object];
const record: readonly Stored[] = [
  [undefined, { resourceType: 'Organization', id: 'north', name: 'North' }],
  [undefined, { resourceType: 'Organization', id: 'south', name: 'South' }],
  [undefined, { resourceType: 'Practitioner', id: 'gp', name: [{ family: 'Menon' }] }],
  [undefined, { resourceType: 'Practitioner', id: 'nurse', name: [{ family: 'Bose' }] }],
  [
    undefined,
    {
      ...{ resourceType: 'PractitionerRole', id: 'nursing' },
      ...{ practitioner: { reference: 'Practitioner/nurse' } },
    },
  ],
  [
    north,
    {
      ...{ resourceType: 'Patient', id: 'anna', birthDate: '1990-02-03' },
      ...{ name: [{ family: 'Rao <&>', given: ['Anna'] }] },
      ...{ identifier: [{ system: mrn, value: '7,7' }] },
      generalPractitioner: [{ reference: 'Practitioner/gp' }],
    },
  ],
  [north, { resourceType: 'Patient', id: 'bert', identifier: [{ system: mrn, value: '8' }] }],
  [north, { resourceType: 'Patient', id: 'bare' }],
  [north, condition('asthma', 'active', { asserter: { reference: 'PractitionerRole/nursing' } })],
  [north, condition('back-again', 'recurrence')],
  [north, condition('influenza', 'resolved')],
  [
    north,
    condition('refuted', 'active', {
      verificationStatus: coded(
        'http://terminology.hl7.org/CodeSystem/condition-ver-status',
        'refuted',
      ),
    }),
  ],
  [north, condition('of-bert', 'active', { subject: { reference: 'Patient/bert' } })],
  [south, condition('secret', 'active')],
  [north, { resourceType: 'Medication', id: 'pill', code: { text: 'Salbutamol' } }],
  [
    north,
    {
      ...{ resourceType: 'MedicationStatement', id: 'takes', status: 'active', subject: about },
      ...{ medicationReference: { reference: 'Medication/pill' }, effectiveDateTime: '2024-01-01' },
      dosage: [{ text: 'two puffs' }],
    },
  ],
  [
    north,
    {
      ...{ resourceType: 'MedicationStatement', id: 'took', status: 'completed', subject: about },
      medicationCodeableConcept: { text: 'Penicillin' },
    },
  ],
  [
    north,
    {
      ...{ resourceType: 'MedicationRequest', id: 'never', status: 'active', intent: 'order' },
      ...{ doNotPerform: true, subject: about, medicationCodeableConcept: { text: 'Aspirin' } },
    },
  ],
  [north, observation('old', 'laboratory', { code: glucose, effectiveDateTime: '2019-01-01' })],
  [
    north,
    observation('new', 'laboratory', {
      ...{ code: glucose, effectiveDateTime: '2024-05-01' },
      valueQuantity: { value: 5, unit: 'mmol/L' },
      hasMember: [{ reference: 'Observation/secret-part' }],
    }),
  ],
  [south, observation('secret-part', 'activity')],
  [
    north,
    observation('of-bert-too', 'activity', {
      subject: { reference: 'Patient/bert' },
      valueString: 'value of of-bert-too',
    }),
  ],
  [
    north,
    {
      ...{ resourceType: 'DiagnosticReport', id: 'mixed-up', status: 'final', subject: about },
      ...{ code: { text: 'panel' }, result: [{ reference: 'Observation/of-bert-too' }] },
    },
  ],
  [north, observation('pulse', 'vital-signs')],
  [north, { ...observation('draft', 'vital-signs'), status: 'entered-in-error' }],
  [
    north,
    {
      resourceType: 'Flag',
      id: 'falls',
      status: 'active',
      code: { text: 'falls' },
      subject: about,
    },
  ],
  [
    north,
    {
      resourceType: 'Flag',
      id: 'gone',
      status: 'inactive',
      code: { text: 'gone' },
      subject: about,
    },
  ],
];

const common = { client: 'test', token: 'test' };
const staff = (organization: string, role: 'clinician' | 'desk' = 'clinician'): Caller => ({
  ...{ ...common, user: 'someone', role, organization, fhirUser: 'Practitioner/gp' },
  scopes: ['user/*.cruds'],
});
const anna: Caller = {
  ...{ ...common, role: 'patient', fhirUser: 'Patient/anna', patient: 'anna' },
  scopes: ['patient/*.rs'],
};

for (const engine of engines)
  describe(`operations/summary on ${engine.name}`, function () {
    this.timeout(120_000);
    let opened: Opened;
    let inside: Inside;

    before(async () => {
      opened = await engine.open();
      inside = openInside(opened.store);
      for (const [custodian, resource] of record) {
        const { resourceType, id } = resource as { resourceType: string; id: string };
        const put = await inside.by(custodian)('PUT', `${resourceType}/${id}`, { body: resource });
        expect(put.status, put.text).to.equal(201);
      }
    });
    after(() => opened.close());

    const ask = (caller: Caller, address = 'Patient/anna/$summary') =>
      inside.as(caller)('GET', address);
    const documentOf = async (caller: Caller, address?: string): Promise<Bundle> => {
      const answer = await ask(caller, address);
      expect(answer.status, answer.text).to.equal(200);
      return answer.json as Bundle;
    };
    const compositionOf = ({ entry = [] }: Bundle) => entry[0]!.resource as Composition;
    const keysOf = ({ entry = [] }: Bundle) =>
      entry
        .map(({ fullUrl }) => fullUrl!)
        .filter((url) => url.startsWith(base))
        .map((url) => url.slice(base.length + 1));
    const sectionOf = (bundle: Bundle, code: string) =>
      compositionOf(bundle).section!.find(({ code: own }) => own!.coding![0]!.code === code);
    const toldIn = (bundle: Bundle, code: string) =>
      (sectionOf(bundle, code)?.entry ?? []).map(({ reference }) =>
        reference!.slice(base.length + 1),
      );
    const wordsOf = (bundle: Bundle, code: string) => sectionOf(bundle, code)?.text?.div ?? '';

    it('is a document that begins with the Composition', async () => {
      const bundle = await documentOf(staff(north));

      expect(bundle.type).to.equal('document');
      expect(bundle.identifier?.value).to.equal(`urn:uuid:${bundle.id!}`);
      expect(compositionOf(bundle).type.coding![0]!.code).to.equal('60591-5');
      expect(compositionOf(bundle).subject?.reference).to.equal(`${base}/Patient/anna`);
      expect(compositionOf(bundle).custodian?.reference).to.equal(`${base}/${north}`);
    });

    it('tells apart what is active and what is past, and leaves out what is not true', async () => {
      const bundle = await documentOf(staff(north));

      expect(toldIn(bundle, '11450-4')).to.have.members([
        'Condition/asthma',
        'Condition/back-again',
      ]);
      expect(toldIn(bundle, '11348-0')).to.deep.equal(['Condition/influenza']);
      expect(toldIn(bundle, '104605-1')).to.deep.equal(['Flag/falls']);
      expect(toldIn(bundle, '8716-3')).to.deep.equal(['Observation/pulse']);
    });

    it('tells of medications that are taken, never of those that must not be', async () => {
      const bundle = await documentOf(staff(north));

      expect(toldIn(bundle, '10160-0')).to.deep.equal(['MedicationStatement/takes']);
      expect(wordsOf(bundle, '10160-0')).to.include('Salbutamol').and.to.include('two puffs');
    });

    it('tells the newest result of each code', async () => {
      const bundle = await documentOf(staff(north));

      expect(toldIn(bundle, '30954-2')).to.deep.equal([
        'Observation/new',
        'DiagnosticReport/mixed-up',
      ]);
      expect(wordsOf(bundle, '30954-2')).to.include('Glucose').and.to.include('5 mmol/L');
    });

    it('takes along who and what the records refer to', async () => {
      const bundle = await documentOf(staff(north));

      expect(keysOf(bundle)).to.include.members([
        ...['Practitioner/gp', 'PractitionerRole/nursing', 'Practitioner/nurse'],
        ...['Medication/pill', north],
      ]);
    });

    it('holds every entry once, each within the reach of a reference', async () => {
      const bundle = await documentOf(anna);
      const entries = bundle.entry!;

      const urls = entries.map(({ fullUrl }) => fullUrl!);
      const named = entries.flatMap(({ resource }) => referencesIn(resource));
      expect(new Set(urls).size).to.equal(urls.length);
      for (const url of urls.slice(1)) expect(named).to.include(url);
    });

    it('says of what is required and not there that no information is available', async () => {
      const bundle = await documentOf(staff(north), 'Patient/bare/$summary');

      const { section = [] } = compositionOf(bundle);
      expect(section.map(({ code }) => code!.coding![0]!.code)).to.deep.equal([
        ...['11450-4', '48765-2', '10160-0'],
      ]);
      for (const each of section) {
        expect(each.entry).to.equal(undefined);
        expect(each.emptyReason?.coding![0]!.code).to.equal('unavailable');
        expect(each.text?.div).to.include('No information is available.');
      }
    });

    it('says of a Patient without name and birth date that they are unknown', async () => {
      const bundle = await documentOf(staff(north), 'Patient/bare/$summary');

      const { name, _birthDate } = bundle.entry![1]!.resource as Patient;
      expect(name![0]!._text!.extension![0]!.valueCode).to.equal('unknown');
      expect(_birthDate!.extension![0]!.valueCode).to.equal('unknown');
    });

    it('escapes what the record says', async () => {
      const bundle = await documentOf(staff(north));

      expect(compositionOf(bundle).text!.div).to.include('Anna Rao &lt;&amp;&gt;');
    });

    it('is found by an identifier as well, by GET and by POST', async () => {
      const identifier = `${mrn}|7,7`;
      const parameter = [{ name: 'identifier', valueString: identifier }];
      const body = { resourceType: 'Parameters', parameter };

      const asked = await ask(
        staff(north),
        `Patient/$summary?identifier=${encodeURIComponent(identifier)}`,
      );
      const posted = await inside.as(staff(north))('POST', 'Patient/$summary', { body });

      for (const { status, json } of [asked, posted]) {
        expect(status).to.equal(200);
        expect(keysOf(json as Bundle)[0]).to.equal('Patient/anna');
      }
    });

    it('takes the profile it follows and refuses others', async () => {
      const profile = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips';

      const fine = await ask(anna, `Patient/anna/$summary?profile=${profile}%7C2.0.0`);
      const other = await ask(anna, 'Patient/anna/$summary?profile=https://other.example/x');

      expect(fine.status).to.equal(200);
      expect(other.status).to.equal(400);
      expect(other.text).to.include("leave 'profile' out");
    });

    const refusals: readonly (readonly [address: string, status: number, words: string])[] = [
      ['Patient/$summary', 400, "by 'identifier'"],
      ['Patient/anna/$summary?identifier=x|1', 400, "Leave 'identifier' out"],
      ['Patient/$summary?identifier=x|', 400, 'must be system|value'],
      ['Patient/anna/$summary?profil=x', 400, "did you mean 'profile'"],
      ['Patient/nobody/$summary', 404, 'not known'],
    ];
    for (const [address, status, words] of refusals)
      it(`answers ${String(status)} to ${address}`, async () => {
        const answer = await ask(staff(north), address);

        expect(answer.status).to.equal(status);
        expect(answer.text).to.include(words);
      });

    describe('keeps from who may not see', () => {
      const alike = (left: Answered, right: Answered, names: readonly string[]): void => {
        const plain = (text: string) =>
          names.reduce((rest, name) => rest.replaceAll(name, '*'), text);
        expect(left.status).to.equal(right.status);
        expect(plain(left.text)).to.equal(plain(right.text));
      };

      it('what another organization keeps', async () => {
        const bundle = await documentOf(staff(north));

        expect(keysOf(bundle).join()).not.to.include('secret');
        expect(JSON.stringify(bundle)).not.to.include('value of secret-part');
        expect(toldIn(bundle, '11450-4')).not.to.include('Condition/secret');
      });

      it('nothing of what is theirs from the patient', async () => {
        const bundle = await documentOf(anna);

        expect(toldIn(bundle, '11450-4')).to.include('Condition/secret');
        expect(keysOf(bundle)).to.include('Observation/secret-part');
      });

      it('a stranger’s result that a report refers to by mistake', async () => {
        for (const caller of [staff(north), anna]) {
          const bundle = await documentOf(caller);

          expect(keysOf(bundle)).to.include('DiagnosticReport/mixed-up');
          expect(JSON.stringify(bundle)).not.to.include('value of of-bert-too');
        }
      });

      it('that the Patient is there', async () => {
        const hidden = await ask(staff(south));
        const unknown = await ask(staff(south), 'Patient/nobody/$summary');

        expect(hidden.status).to.equal(404);
        alike(hidden, unknown, ['anna', 'nobody']);
      });

      it('that an identifier is there', async () => {
        const by = (value: string) =>
          `Patient/$summary?identifier=${encodeURIComponent(`${mrn}|${value}`)}`;

        const hidden = await ask(staff(south), by('8'));
        const unknown = await ask(staff(south), by('9'));

        expect(hidden.status).to.equal(404);
        alike(hidden, unknown, []);
      });

      it('other patients from a patient', async () => {
        const { status } = await ask(anna, 'Patient/bert/$summary');

        expect(status).to.equal(404);
      });

      it('clinical content from the desk', async () => {
        const bundle = await documentOf(staff(north, 'desk'));

        expect(compositionOf(bundle).section!.flatMap(({ entry = [] }) => entry)).to.deep.equal([]);
        expect(JSON.stringify(bundle)).not.to.include('asthma');
      });

      it('what the scopes leave out', async () => {
        const scopes = ['user/Patient.rs', 'user/Condition.rs', 'user/Organization.rs'];

        const bundle = await documentOf({ ...staff(north), scopes });

        const types = new Set(bundle.entry!.map(({ resource }) => resource!.resourceType));
        expect([...types]).to.have.members([
          ...['Composition', 'Patient', 'Condition', 'Organization', 'Device'],
        ]);
        expect(wordsOf(bundle, '10160-0')).to.include('No information is available.');
      });

      it('who asks without any right to Patients', async () => {
        const { status } = await ask({ ...staff(north), scopes: ['user/Condition.rs'] });

        expect([403, 404]).to.include(status);
      });
    });

    it('tells the audit whose records it has shown', async () => {
      const permit = await inside.authorize(anna);
      const { summary } = await import('#src/operations/summary.ts');
      const path = 'Patient/anna/$summary';
      const request = {
        method: 'GET',
        path,
        type: 'Patient',
        id: 'anna',
        query: [],
        headers: {},
        base,
      } as const;

      const { shown = [], text = '' } = await summary.handler(request, permit, inside.context);

      const told = shown.map(({ type, id }) => `${type}/${id}`);
      expect([...new Set(told)]).to.have.members([...keysOf(JSON.parse(text) as Bundle)]);
    });

    it('keeps the digits of numbers', async () => {
      const put = inside.by(north);
      const body = observation('exact', 'vital-signs', {
        valueQuantity: { value: 0 },
      });
      const text = JSON.stringify(body).replace('"value":0', '"value":1.50');
      const { parseDocument } = await import('#src/fhir/json.ts');
      await put('PUT', 'Observation/exact', { body: parseDocument(text, Infinity).exact });

      const bundle = await documentOf(anna);

      expect(wordsOf(bundle, '8716-3')).to.include('1.50');
      await put('DELETE', 'Observation/exact');
    });
  });

describe('the definition of $summary', () => {
  const inside = openInside(openMemoryStore());
  const definition = JSON.parse(
    readFileSync(
      join(import.meta.dirname, '../../profiles/OperationDefinition-summary.json'),
      'utf8',
    ),
  ) as OperationDefinition;

  it('is valid', async () => {
    const { json } = await inside.by()('POST', 'OperationDefinition/$validate', {
      body: definition,
    });

    const { issue } = json as OperationOutcome;
    expect(issue.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
  });

  it('names only parameters the operation takes', async () => {
    const { text } = await inside.by()('GET', 'Patient/x/$summary?wrong=x');

    const taken = /it takes ([^.]*)\./.exec(text)?.[1]!.split(', ');
    const defined = definition.parameter!.filter(({ use }) => use === 'in');
    expect(taken).to.deep.equal(defined.map((each) => each.name));
  });
});

/** Addresses, relative ones as this server's. */
const referencesIn = (resource: unknown): readonly string[] =>
  [...JSON.stringify(resource).matchAll(/"reference":"([^"]+)"/g)].map(([, reference]) =>
    /^(urn|https?):/.test(reference!) ? reference! : `${base}/${reference!}`,
  );
