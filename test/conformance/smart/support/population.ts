// What the SMART suites find on the server: two hospitals, their staff, and patients with every kind of record of US Core.

import type { Resource } from '../../../../src/fhir/resource.ts';

/** Hospitals by key; each resource is written on behalf of the one it is listed under. */
export const hospitals = { north: 'Organization/north', south: 'Organization/south' } as const;

const categories = {
  condition: 'http://terminology.hl7.org/CodeSystem/condition-category',
  concern: 'http://hl7.org/fhir/us/core/CodeSystem/condition-category',
  observation: 'http://terminology.hl7.org/CodeSystem/observation-category',
  usCore: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-category',
} as const;

/** The categories US Core asks granular scopes for. */
export const granular = {
  Condition: [
    `${categories.condition}|encounter-diagnosis`,
    `${categories.condition}|problem-list-item`,
    `${categories.concern}|health-concern`,
  ],
  Observation: [
    `${categories.usCore}|clinical-test`,
    `${categories.observation}|laboratory`,
    `${categories.observation}|social-history`,
    `${categories.usCore}|sdoh`,
    `${categories.observation}|survey`,
    `${categories.observation}|vital-signs`,
  ],
} as const;

const text = (words: string) => ({ text: words });
const reference = (to: string) => ({ reference: to });
const coded = (token: string) => {
  const [system, code] = token.split('|');
  return [{ coding: [{ system, code }] }];
};
const word = (token: string): string => token.split('|')[1]!;

const patient = (id: string, family: string, given: string, birthDate: string): Resource => ({
  ...{ resourceType: 'Patient', id, birthDate, active: true, gender: 'female' },
  name: [{ family, given: [given] }],
});

/** One record of each kind of US Core, of one patient; Conditions and Observations one of each category. */
const record = (owner: string): readonly Resource[] => {
  const subject = reference(`Patient/${owner}`);
  const own = (resourceType: string, members: object): Resource => ({
    ...{ resourceType, id: `${owner}-${resourceType.toLowerCase()}` },
    ...members,
  });
  const clinical = coded('http://terminology.hl7.org/CodeSystem/condition-clinical|active')[0];
  return [
    own('AllergyIntolerance', {
      ...{ patient: subject, code: text('Peanut') },
      clinicalStatus: coded(
        'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical|active',
      )[0],
    }),
    own('CarePlan', {
      subject,
      status: 'active',
      intent: 'plan',
      category: coded(`${categories.usCore}|assess-plan`),
    }),
    own('CareTeam', { subject, status: 'active' }),
    own('Coverage', {
      status: 'active',
      beneficiary: subject,
      payor: [reference(hospitals.north)],
    }),
    own('Device', { patient: subject, type: text('Pump') }),
    own('DiagnosticReport', {
      ...{ subject, status: 'final', code: text('Blood count') },
      category: coded('http://terminology.hl7.org/CodeSystem/v2-0074|LAB'),
    }),
    own('DocumentReference', {
      subject,
      status: 'current',
      content: [{ attachment: { contentType: 'text/plain', data: 'SGVsbG8=' } }],
    }),
    own('Encounter', {
      ...{ subject, status: 'finished' },
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    }),
    own('Goal', { subject, lifecycleStatus: 'active', description: text('Walk') }),
    own('Immunization', {
      patient: subject,
      status: 'completed',
      vaccineCode: text('Tetanus'),
      occurrenceDateTime: '2024-05-01',
    }),
    own('MedicationDispense', {
      subject,
      status: 'completed',
      medicationCodeableConcept: text('Aspirin'),
    }),
    own('MedicationRequest', {
      subject,
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: text('Aspirin'),
    }),
    own('Procedure', { subject, status: 'completed', code: text('Appendectomy') }),
    own('Provenance', {
      ...{ target: [subject], recorded: '2024-05-01T10:00:00Z' },
      agent: [{ who: reference(hospitals.north) }],
    }),
    own('RelatedPerson', { patient: subject, active: true, name: [{ family: 'Kin' }] }),
    own('ServiceRequest', { subject, status: 'active', intent: 'order', code: text('X-ray') }),
    own('Specimen', { subject, type: text('Blood') }),
    ...granular.Condition.map((category) => ({
      ...own('Condition', {
        subject,
        clinicalStatus: clinical,
        code: text(word(category)),
        category: coded(category),
      }),
      id: `${owner}-${word(category)}`,
    })),
    ...granular.Observation.map((category) => ({
      ...own('Observation', {
        subject,
        status: 'final',
        code: text(word(category)),
        category: coded(category),
      }),
      id: `${owner}-${word(category)}`,
    })),
  ];
};

/** What lets Asha act for Ben. */
const motherOfBen: Resource = {
  ...{ resourceType: 'Consent', id: 'asha-for-ben', status: 'active' },
  scope: coded('http://terminology.hl7.org/CodeSystem/consentscope|patient-privacy')[0],
  category: coded('http://terminology.hl7.org/CodeSystem/v3-ActCode|INFA'),
  patient: reference('Patient/ben'),
  policyRule: text('Parents act for their child'),
  provision: {
    type: 'permit',
    actor: [{ role: text('Parent'), reference: reference('RelatedPerson/ben-relatedperson') }],
  },
};

/** In this order each reference points at what is there already. */
export const population: readonly {
  readonly custodian: string;
  readonly resources: readonly Resource[];
}[] = [
  {
    custodian: hospitals.north,
    resources: [
      { resourceType: 'Organization', id: 'north', name: 'North Hospital', active: true },
      {
        resourceType: 'Location',
        id: 'ward',
        name: 'Ward 1',
        managingOrganization: reference(hospitals.north),
      },
      {
        resourceType: 'Practitioner',
        id: 'dora',
        name: [{ family: 'Doktor', given: ['Dora'] }],
        active: true,
      },
      {
        ...{ resourceType: 'PractitionerRole', id: 'dora-north', active: true },
        ...{
          practitioner: reference('Practitioner/dora'),
          organization: reference(hospitals.north),
        },
      },
      { resourceType: 'Medication', id: 'aspirin', code: text('Aspirin') },
      patient('asha', 'Rao', 'Asha', '1980-02-03'),
      ...record('asha'),
      patient('ben', 'Rao', 'Ben', '2016-07-08'),
      ...record('ben'),
      motherOfBen,
    ],
  },
  {
    custodian: hospitals.south,
    resources: [
      { resourceType: 'Organization', id: 'south', name: 'South Hospital', active: true },
      {
        resourceType: 'Practitioner',
        id: 'sam',
        name: [{ family: 'Sud', given: ['Sam'] }],
        active: true,
      },
      patient('carla', 'Stone', 'Carla', '1955-11-12'),
      ...record('carla'),
    ],
  },
];
