// What each role sees and writes, type by type: the table of roles in the decision table, before scopes narrow it further.

import { expect } from 'chai';
import type { Caller, Role } from '#src/access/caller.ts';
import { describeOnEngines, type Opened } from '#test/contract/support/engines.ts';
import { openInside, type Inside } from '#test/support/rights.ts';

const ours = 'Organization/ours';
const theirs = 'Organization/theirs';
const to = (reference: string) => ({ reference });
const text = { text: 'x' };
const mine = to('Patient/mine');
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

const active = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
      code: 'active',
    },
  ],
};

/** One of each, about Patient/mine where a type can be about a patient. */
const bodies = {
  Observation: { status: 'final', code: text, subject: mine },
  Condition: { subject: mine, code: text },
  AllergyIntolerance: { patient: mine, code: text, clinicalStatus: active },
  DiagnosticReport: { status: 'final', code: text, subject: mine },
  Encounter: { status: 'finished', subject: mine, class: { system: actCode, code: 'AMB' } },
  MedicationRequest: {
    ...{ status: 'active', intent: 'order', subject: mine, medicationCodeableConcept: text },
  },
  MedicationDispense: { status: 'completed', subject: mine, medicationCodeableConcept: text },
  DocumentReference: {
    ...{ status: 'current', subject: mine },
    content: [{ attachment: { url: 'https://files.example/x' } }],
  },
  QuestionnaireResponse: { status: 'completed', subject: mine },
  Appointment: { status: 'proposed', participant: [{ actor: mine, status: 'accepted' }] },
  Coverage: { status: 'active', beneficiary: mine, payor: [mine] },
  Invoice: { status: 'issued', subject: mine },
  ChargeItem: { status: 'billable', code: text, subject: mine },
  Consent: {
    ...{ status: 'active', scope: text, category: [text], policyRule: text, patient: mine },
  },
  Communication: { status: 'completed', subject: mine },
  RelatedPerson: { patient: mine },
  Patient: { name: [{ family: 'New' }] },
  Practitioner: { active: true },
  Organization: { name: 'New' },
  HealthcareService: { active: true },
  Schedule: { actor: [to('Practitioner/d')] },
} as const;
type Type = keyof typeof bodies;

const types = Object.keys(bodies) as readonly Type[];
const directory: readonly Type[] = ['Practitioner', 'Organization', 'HealthcareService'];
const clinical: readonly Type[] = [
  ...(['Observation', 'Condition', 'AllergyIntolerance', 'DiagnosticReport'] as const),
  ...(['Encounter', 'DocumentReference', 'QuestionnaireResponse'] as const),
];

interface Reach {
  readonly who: Partial<Caller>;
  /** Of what Organization/ours keeps about Patient/mine. */
  readonly sees: readonly Type[];
  /** Of what Organization/theirs keeps about Patient/mine. */
  readonly seesOfOthers: readonly Type[];
  readonly creates: readonly Type[];
}

/** Patients that are somebody else have no part in the record of Patient/mine. */
const record = types.filter((type) => type !== 'Patient');
const shownToAll: readonly Type[] = [...directory, 'Schedule'];
const brings: readonly Type[] = [
  ...(['Observation', 'DocumentReference', 'QuestionnaireResponse'] as const),
  ...(['Appointment', 'Communication'] as const),
];

/** The table. What a line does not name must be refused or hidden. */
const reaches: Readonly<Partial<Record<Role, Reach>>> = {
  patient: {
    who: { fhirUser: 'Patient/mine', patient: 'mine' },
    ...{ sees: record, seesOfOthers: record },
    creates: [...brings, 'Consent'],
  },
  proxy: {
    who: { fhirUser: 'RelatedPerson/child', patient: 'mine' },
    ...{ sees: record, seesOfOthers: record },
    creates: brings,
  },
  clinician: {
    who: { fhirUser: 'Practitioner/d', organization: ours },
    sees: types,
    seesOfOthers: shownToAll,
    creates: [
      ...clinical,
      ...(['MedicationRequest', 'MedicationDispense', 'Appointment', 'Consent'] as const),
      ...(['Communication', 'Schedule'] as const),
    ],
  },
  desk: {
    who: { fhirUser: 'Practitioner/d', organization: ours },
    sees: [...shownToAll, 'Patient', 'RelatedPerson', 'Appointment', 'Coverage'],
    seesOfOthers: shownToAll,
    creates: [
      ...(['Patient', 'RelatedPerson', 'Appointment', 'Coverage', 'DocumentReference'] as const),
      'Schedule',
    ],
  },
  pharmacist: {
    who: { fhirUser: 'Practitioner/d', organization: ours },
    sees: [...shownToAll, 'Patient', 'MedicationRequest', 'MedicationDispense', 'Communication'],
    seesOfOthers: shownToAll,
    creates: ['MedicationDispense', 'Communication'],
  },
  biller: {
    who: { fhirUser: 'Practitioner/d', organization: ours },
    sees: [...shownToAll, 'Patient', 'Invoice', 'ChargeItem', 'Coverage', 'Communication'],
    seesOfOthers: shownToAll,
    creates: ['Invoice', 'ChargeItem', 'Coverage', 'Communication'],
  },
  system: {
    who: { organization: ours, scopes: ['system/*.cruds'] },
    sees: types,
    seesOfOthers: shownToAll,
    creates: types,
  },
  network: {
    who: { scopes: ['system/*.cruds'] },
    ...{ sees: types, seesOfOthers: types, creates: types },
  },
  administrator: {
    who: {},
    ...{ sees: shownToAll, seesOfOthers: shownToAll },
    creates: shownToAll,
  },
};

const article = (role: Role): string => (role === 'administrator' ? 'an' : 'a');

describeOnEngines('the reach of roles', (engine) => {
  let opened: Opened;
  let inside: Inside;
  // Nothing here changes what another case reads: what is created is another resource.
  before(async () => {
    opened = await engine.open();
    inside = openInside(opened.store);
    const put = async (id: string, resourceType: string, body: object, custodian: string) => {
      const sent = { body: { resourceType, id, ...body } };
      const { status, text: said } = await inside.by(custodian)(
        'PUT',
        `${resourceType}/${id}`,
        sent,
      );
      expect(status, said).to.equal(201);
    };
    await put('mine', 'Patient', bodies.Patient, theirs);
    await put('d', 'Practitioner', bodies.Practitioner, theirs);
    await put('child', 'RelatedPerson', { active: true, patient: mine }, theirs);
    await put('standing', 'Consent', standing, 'Patient/mine');
    for (const type of types) {
      await put('ours', type, bodies[type], ours);
      await put('theirs', type, bodies[type], theirs);
    }
  });
  after(() => opened.close());

  const standing = {
    ...bodies.Consent,
    provision: { type: 'permit', actor: [{ role: text, reference: to('RelatedPerson/child') }] },
  };
  const callerOf = (role: Role, { who }: Reach): Caller => ({
    ...{ client: 'app', token: `token of ${role}`, user: role, role },
    scopes: ['patient/*.cruds', 'user/*.cruds'],
    ...who,
  });

  for (const [role, reach] of Object.entries(reaches) as readonly [Role, Reach][]) {
    for (const [whose, id, expected] of [
      ['the own organization keeps', 'ours', reach.sees],
      ['another keeps', 'theirs', reach.seesOfOthers],
    ] as const)
      it(`lets ${article(role)} ${role} see of what ${whose} what the table says, and nothing else`, async () => {
        const send = inside.as(callerOf(role, reach));
        const seen: Type[] = [];
        for (const type of types) {
          const { status } = await send('GET', `${type}/${id}`);
          expect(status, type).to.be.oneOf([200, 403, 404]);
          const { keys } = await send('GET', `${type}?_id=${id}`);
          expect(keys, type).to.have.length(status === 200 ? 1 : 0);
          if (status === 200) seen.push(type);
        }

        expect(seen.sort()).to.deep.equal([...expected].sort());
      });

    it(`lets ${article(role)} ${role} create what the table says, and nothing else`, async () => {
      const send = inside.as(callerOf(role, reach));
      const created: Type[] = [];
      for (const type of types) {
        const body = { resourceType: type, ...bodies[type] };
        const { status, text: said } = await send('POST', type, { body });
        expect(status, said).to.be.oneOf([201, 403]);
        if (status === 201) created.push(type);
      }

      expect(created.sort()).to.deep.equal([...reach.creates].sort());
    });
  }
});
