// A small world at random: two hospitals, four patients, and records that refer to each other crosswise, some of them deleted.

import type { Resource } from '#src/fhir/resource.ts';
import type { Chance } from '#test/support/chance.ts';
import { randomSharing, restricted } from './sharing-consents.ts';

/** A resource as it was last, and on whose behalf it is kept. */
export interface Kept {
  readonly resource: Resource & Readonly<Record<string, unknown>>;
  readonly custodian?: string;
  readonly deleted: boolean;
}

export const hospitals = ['Organization/h1', 'Organization/h2'] as const;
export const patients = ['p1', 'p2', 'p3', 'p4'] as const;
export const staff = ['Practitioner/d1', 'Practitioner/d2'] as const;
export const relatives = ['RelatedPerson/k1', 'RelatedPerson/k2'] as const;
export const families = ['Abel', 'Bloch', 'Curie'] as const;
export const tags = ['red', 'blue'] as const;
export const codes = ['x', 'y'] as const;
export const files = ['f1', 'f2', 'f3', 'f4'] as const;

export const to = (reference: string) => ({ reference });
const text = (word: string) => ({ coding: [{ system: 'http://codes.example', code: word }] });

type Make = (chance: Chance, id: string) => object;

const patientOf = (chance: Chance) => to(`Patient/${chance.pick(patients)}`);
/** Of a relative mostly the patient of the same number, so that the parts often fit. */
const theirs = (id: string, chance: Chance) =>
  chance.below(4) === 0 ? patientOf(chance) : to(`Patient/p${id.slice(1)}`);
const someone = (chance: Chance) =>
  to(
    chance.pick([
      ...staff,
      ...hospitals,
      ...patients.map((id) => `Patient/${id}`),
      ...relatives,
      'PractitionerRole/r1',
      'PractitionerRole/r2',
    ]),
  );

/** How many of each, and what is in one. */
const makes: readonly (readonly [type: string, ids: readonly string[], Make])[] = [
  ['Organization', ['h1', 'h2'], () => ({ name: 'Hospital' })],
  ['Practitioner', ['d1', 'd2'], () => ({ active: true })],
  [
    'PractitionerRole',
    ['r1', 'r2'],
    (chance) => ({
      practitioner: to(chance.pick(staff)),
      organization: to(chance.pick(hospitals)),
    }),
  ],
  [
    'HealthcareService',
    ['s1', 's2'],
    (chance) => ({ name: 'Service', providedBy: to(chance.pick(hospitals)) }),
  ],
  [
    'Patient',
    patients,
    (chance) => ({
      name: [{ family: chance.pick(families) }],
      link: chance.below(4) === 0 ? [{ other: patientOf(chance), type: 'seealso' }] : undefined,
    }),
  ],
  [
    'RelatedPerson',
    ['k1', 'k2'],
    (chance, id) => ({ patient: theirs(id, chance), active: chance.below(4) > 0 }),
  ],
  [
    'Consent',
    ['c1', 'c2'],
    (chance, id) => ({
      status: chance.pick(['active', 'active', 'rejected']),
      scope: text('x'),
      category: [text('x')],
      policyRule: text('x'),
      patient: theirs(id, chance),
      provision: {
        actor: [
          {
            role: text('x'),
            reference: to(
              chance.below(4) === 0 ? chance.pick(relatives) : `RelatedPerson/k${id.slice(1)}`,
            ),
          },
        ],
        period: chance.pick([undefined, { end: '2001-01-01' }, { end: '2199-01-01' }]),
      },
    }),
  ],
  [
    'Consent',
    ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9'],
    // Many about the same, so that they meet.
    (chance) => randomSharing(chance, `Patient/${chance.pick(['p1', 'p1', 'p2', 'p3'])}`),
  ],
  [
    'Encounter',
    ['e1', 'e2'],
    (chance) => ({
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject: patientOf(chance),
    }),
  ],
  [
    'Appointment',
    ['a1', 'a2'],
    (chance) => ({
      status: 'booked',
      start: '2026-01-01T10:00:00Z',
      end: '2026-01-01T11:00:00Z',
      participant: [
        { actor: patientOf(chance), status: 'accepted' },
        {
          actor: to(chance.pick([...staff, 'PractitionerRole/r1', 'HealthcareService/s1'])),
          status: 'accepted',
        },
      ],
    }),
  ],
  [
    'Observation',
    ['o1', 'o2', 'o3', 'o4', 'o5', 'o6', 'o7', 'o8'],
    (chance) => ({
      status: chance.pick(['final', 'preliminary']),
      code: text(chance.pick(codes)),
      subject: chance.below(6) === 0 ? to('Device/v1') : patientOf(chance),
      effectiveDateTime: chance.pick([undefined, '2020-05-05', '2024-05-05']),
      performer: chance.below(2) === 0 ? [someone(chance)] : undefined,
    }),
  ],
  [
    'MedicationRequest',
    ['m1', 'm2'],
    (chance) => ({
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: text('x'),
      subject: patientOf(chance),
      dispenseRequest: { performer: to(chance.pick(hospitals)) },
    }),
  ],
  [
    'Coverage',
    ['g1', 'g2'],
    (chance) => ({
      status: 'active',
      beneficiary: patientOf(chance),
      payor: [to(chance.pick([...hospitals, 'Patient/p1']))],
    }),
  ],
  [
    'Invoice',
    ['i1', 'i2'],
    (chance) => ({
      status: 'issued',
      subject: patientOf(chance),
      issuer: to(chance.pick(hospitals)),
    }),
  ],
  [
    'Task',
    ['t1', 't2'],
    (chance) => ({
      status: 'requested',
      intent: 'order',
      for: patientOf(chance),
      owner: chance.below(3) === 0 ? undefined : someone(chance),
    }),
  ],
  [
    'Communication',
    ['n1', 'n2'],
    (chance) => ({
      status: 'completed',
      subject: patientOf(chance),
      recipient: [someone(chance)],
      sender: someone(chance),
    }),
  ],
  [
    'DocumentReference',
    ['w1', 'w2', 'w3'],
    (chance) => ({
      status: 'current',
      subject: patientOf(chance),
      content: [{ attachment: { url: `Binary/${chance.pick(files)}` } }],
    }),
  ],
  [
    'Binary',
    files,
    (chance) => ({
      contentType: 'text/plain',
      data: 'YQ==',
      securityContext: chance.below(3) === 0 ? patientOf(chance) : undefined,
    }),
  ],
  ['Device', ['v1', 'v2'], (chance) => ({ patient: patientOf(chance) })],
  [
    'Provenance',
    ['q1', 'q2'],
    (chance) => ({
      target: [to(`Observation/o${String(1 + chance.below(8))}`)],
      recorded: '2026-01-01T10:00:00Z',
      agent: [{ who: to(chance.pick(staff)) }],
    }),
  ],
  [
    'List',
    ['l1', 'l2'],
    (chance) => ({
      status: 'current',
      mode: 'working',
      subject: patientOf(chance),
      entry: [{ item: to(`Observation/o${String(1 + chance.below(8))}`) }],
    }),
  ],
  ['ValueSet', ['u1'], () => ({ status: 'active', url: 'http://values.example/one' })],
];

export const types: readonly string[] = makes.map(([type]) => type);

/** In an order in which each can be written. */
export const randomWorld = (chance: Chance): readonly Kept[] =>
  makes.flatMap(([type, ids, make]) =>
    ids.map((id): Kept => {
      const tag = {
        ...(chance.below(3) === 0 ? { tag: [{ code: chance.pick(tags) }] } : {}),
        ...(chance.below(6) === 0 ? { security: [restricted] } : {}),
      };
      const body = { resourceType: type, id, meta: tag, ...make(chance, id) };
      const resource = JSON.parse(JSON.stringify(body)) as Kept['resource'];
      const custodian = chance.pick([
        ...[hospitals[0], hospitals[0], hospitals[1], hospitals[1]],
        ...[`Patient/${chance.pick(patients)}`, undefined],
        // Who shares mostly keeps the Consent.
        ...(id.startsWith('s') && type === 'Consent' ? Array<string>(8).fill('Patient/p1') : []),
      ]);
      const deleted = chance.below(10) === 0;
      return custodian === undefined ? { resource, deleted } : { resource, custodian, deleted };
    }),
  );
