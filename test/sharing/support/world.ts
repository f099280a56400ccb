// Records of two patients at three hospitals, and Consents about them in the fewest words.

import type { Caller } from '#src/access/caller.ts';
import { kindSystem } from '#src/sharing/kinds.ts';
import type { Inside } from '#test/support/rights.ts';

export const hospitals = { a: 'Organization/a', b: 'Organization/b', c: 'Organization/c' } as const;

export const to = (reference: string) => ({ reference });
const text = { text: 'x' };
const coded = (system: string, code: string) => ({ coding: [{ system, code }] });

const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
export const label = {
  restricted: { system: confidentiality, code: 'R' },
  normal: { system: confidentiality, code: 'N' },
  hiv: { system: actCode, code: 'HIV' },
} as const;

const observation = (id: string, more: object = {}) => ({
  ...{ resourceType: 'Observation', id, status: 'final', code: coded('http://loinc.org', id) },
  subject: to('Patient/x'),
  ...more,
});
const category = (code: string) => ({
  category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', code)],
});
const document = (id: string, file: string, more: object = {}) => ({
  ...{ resourceType: 'DocumentReference', id, status: 'current', subject: to('Patient/x') },
  ...{ date: '2024-05-01T10:00:00Z', content: [{ attachment: { url: `Binary/${file}` } }] },
  ...more,
});
const binary = (id: string) => ({
  ...{ resourceType: 'Binary', id, contentType: 'text/plain', data: 'YQ==' },
});

interface Record {
  readonly resourceType: string;
  readonly id: string;
}

/** By who keeps it. */
export const records: readonly (readonly [custodian: string | undefined, Record])[] = [
  [undefined, { resourceType: 'Organization', id: 'a', name: 'A' } as Record],
  [undefined, { resourceType: 'Organization', id: 'b', name: 'B' } as Record],
  [undefined, { resourceType: 'Organization', id: 'c', name: 'C' } as Record],
  [undefined, { resourceType: 'Practitioner', id: 'd' }],
  [
    hospitals.b,
    {
      ...{ resourceType: 'PractitionerRole', id: 'role' },
      ...{ practitioner: to('Practitioner/d'), organization: to(hospitals.b) },
    },
  ],
  [
    hospitals.a,
    {
      ...{ resourceType: 'Patient', id: 'x', name: [{ family: 'Xu' }] },
      identifier: [{ system: 'http://mrn.example', value: '7' }],
    } as Record,
  ],
  [hospitals.a, { resourceType: 'Patient', id: 'y', name: [{ family: 'Ye' }] } as Record],
  [hospitals.a, observation('lab', { effectiveDateTime: '2024-05-01' })],
  [hospitals.a, observation('old', { effectiveDateTime: '2001-05-01' })],
  [hospitals.a, observation('pulse', category('vital-signs'))],
  [hospitals.a, observation('secret', { meta: { security: [label.restricted] } })],
  [hospitals.a, observation('hiv', { meta: { security: [label.restricted, label.hiv] } })],
  [hospitals.a, observation('both', { performer: [to('Patient/y')] })],
  [hospitals.a, observation('other', { subject: to('Patient/y') })],
  [hospitals.c, observation('of-c', { effectiveDateTime: '2024-05-01' })],
  [hospitals.a, binary('file')],
  [hospitals.a, binary('file2')],
  [hospitals.a, document('doc', 'file')],
  [hospitals.a, document('doc2', 'file2')],
  [
    hospitals.a,
    { resourceType: 'Condition', id: 'ill', subject: to('Patient/x'), code: text } as Record,
  ],
  [
    hospitals.a,
    {
      ...{ resourceType: 'MedicationRequest', id: 'pill', status: 'active', intent: 'order' },
      ...{ subject: to('Patient/x'), medicationCodeableConcept: text },
    },
  ],
  [
    hospitals.a,
    {
      ...{ resourceType: 'Communication', id: 'note', status: 'completed' },
      subject: to('Patient/x'),
    } as Record,
  ],
];

/** What A and C know of x that a Consent can open, but what is sensitive or about y as well. */
export const everything = [
  ...['Patient/x', 'Observation/lab', 'Observation/old', 'Observation/pulse', 'Observation/of-c'],
  ...['DocumentReference/doc', 'DocumentReference/doc2', 'Condition/ill', 'MedicationRequest/pill'],
  ...['Binary/file', 'Binary/file2'],
];

export const caller = (more: Partial<Caller> = {}): Caller => ({
  ...{ client: 'app', token: 'token', role: 'clinician', user: 'd', scopes: ['user/*.cruds'] },
  ...{ fhirUser: 'Practitioner/d', organization: hospitals.b },
  ...more,
});

export const load = async (inside: Inside): Promise<void> => {
  for (const [custodian, body] of records) {
    const send = inside.by(custodian);
    const { status, text: said } = await send('PUT', `${body.resourceType}/${body.id}`, { body });
    if (status !== 201) throw new Error(said);
  }
};

export interface Rule {
  readonly type?: 'permit' | 'deny';
  /** References; none of them: everybody. */
  readonly to?: readonly string[];
  readonly role?: string;
  readonly kinds?: readonly string[];
  readonly types?: readonly string[];
  readonly purposes?: readonly string[];
  readonly period?: object;
  readonly dataPeriod?: object;
  readonly codes?: readonly string[];
  readonly data?: readonly string[];
  readonly labels?: readonly object[];
  readonly inside?: readonly Rule[];
  /** Further elements. */
  readonly more?: object;
}

export interface Given extends Rule {
  /** `Patient/x` unless said otherwise; null: nobody. */
  readonly by?: string | null;
  readonly about?: string;
  readonly status?: string;
  readonly scope?: string;
  readonly policy?: string;
}

export const consent = (given: Given) => ({
  ...{ resourceType: 'Consent', status: given.status ?? 'active' },
  scope: coded(
    'http://terminology.hl7.org/CodeSystem/consentscope',
    given.scope ?? 'patient-privacy',
  ),
  category: [coded('http://loinc.org', '59284-0')],
  policyRule: given.policy === undefined ? text : coded(actCode, given.policy),
  patient: to(given.about ?? 'Patient/x'),
  provision: provision(given),
});

const provision = (rule: Rule): object => ({
  ...(rule.type === undefined ? {} : { type: rule.type }),
  ...(rule.to === undefined
    ? {}
    : {
        actor: rule.to.map((reference) => ({
          reference: to(reference),
          role: coded(
            'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
            rule.role ?? 'IRCP',
          ),
        })),
      }),
  ...withList('class', [
    ...(rule.kinds ?? []).map((code) => ({ system: kindSystem, code })),
    ...(rule.types ?? []).map((code) => ({ system: 'http://hl7.org/fhir/resource-types', code })),
  ]),
  ...withList(
    'purpose',
    (rule.purposes ?? []).map((code) => ({
      ...{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code },
    })),
  ),
  ...(rule.period ? { period: rule.period } : {}),
  ...(rule.dataPeriod ? { dataPeriod: rule.dataPeriod } : {}),
  ...withList(
    'code',
    (rule.codes ?? []).map((code) => coded('http://loinc.org', code)),
  ),
  ...withList(
    'data',
    (rule.data ?? []).map((each) => ({ meaning: 'instance', reference: to(each) })),
  ),
  ...withList('securityLabel', rule.labels ?? []),
  ...withList('provision', (rule.inside ?? []).map(provision)),
  ...rule.more,
});

const withList = (name: string, list: readonly object[]): object =>
  list.length === 0 ? {} : { [name]: list };

/** Everything of the world that the caller finds by searching all types and reads besides. */
export const seenBy = async (inside: Inside, who: Caller): Promise<readonly string[]> => {
  const send = inside.as(who);
  const { keys } = await send('GET', '?_count=500');
  const seen = new Set(keys.filter((key) => watched.has(key)));
  for (const key of watched) {
    const { status } = await send('GET', key);
    if ((status === 200) !== seen.has(key)) throw new Error(`${key} is found or read alone`);
  }
  return [...seen].sort();
};

const watched: ReadonlySet<string> = new Set(
  records
    .filter(([custodian]) => custodian === hospitals.a || custodian === hospitals.c)
    .map(([, { resourceType, id }]) => `${resourceType}/${id}`),
);
