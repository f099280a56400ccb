// sections: what a patient summary tells of, and which records go into each part of it.
// https://hl7.org/fhir/uv/ips/STU2/StructureDefinition-Composition-uv-ips.html

export interface Source {
  readonly type: string;
  /** Search parameters besides the patient. */
  readonly criteria: readonly (readonly [string, string])[];
  /** Of types that cannot be searched by status: those that count. */
  readonly statuses?: readonly string[];
  /** What tells the newest; without it the last written comes first. */
  readonly newestBy?: string;
  /** Of what is measured again and again, the newest of each kind. */
  readonly each?: 'newest of its code';
  /** So many are told of, the newest. */
  readonly most: number;
}

export interface Section {
  /** LOINC. */
  readonly code: string;
  readonly display: string;
  readonly title: string;
  /** It is there also when there is nothing to tell. */
  readonly required?: true;
  readonly sources: readonly Source[];
}

const loinc = 'http://loinc.org';
const codes = (...list: readonly string[]) =>
  ['code', list.map((code) => `${loinc}|${code}`).join(',')] as const;
const category = (code: string) =>
  ['category', `http://terminology.hl7.org/CodeSystem/observation-category|${code}`] as const;

const wrong = 'entered-in-error';
const isTrue = ['verification-status:not', `refuted,${wrong}`] as const;
const isReported = ['status', 'final,amended,corrected,preliminary,registered'] as const;

const observations = (
  criterion: readonly [string, string],
  { most }: Pick<Source, 'most'>,
): Source => ({
  ...{ type: 'Observation', criteria: [isReported, criterion], newestBy: 'date', most },
  each: 'newest of its code',
});

/** In the order of the specification: required, recommended, then what is told where there is something. */
export const sections: readonly Section[] = [
  {
    ...{ code: '11450-4', display: 'Problem list - Reported', title: 'Active problems' },
    required: true,
    sources: [
      {
        type: 'Condition',
        criteria: [['clinical-status:not', 'inactive,resolved,remission'], isTrue],
        ...{ newestBy: 'onset-date', most: 100 },
      },
    ],
  },
  {
    ...{ code: '48765-2', display: 'Allergies and adverse reactions Document' },
    ...{ title: 'Allergies and intolerances', required: true },
    sources: [
      {
        type: 'AllergyIntolerance',
        criteria: [['clinical-status:not', 'inactive,resolved'], isTrue],
        ...{ newestBy: 'date', most: 100 },
      },
    ],
  },
  {
    ...{ code: '10160-0', display: 'History of Medication use Narrative' },
    ...{ title: 'Medications', required: true },
    sources: [
      {
        type: 'MedicationStatement',
        criteria: [['status', 'active,intended,on-hold,unknown']],
        ...{ newestBy: 'effective', most: 100 },
      },
      {
        type: 'MedicationRequest',
        criteria: [
          ['status', 'active,on-hold,unknown'],
          ['intent:not', 'proposal,option'],
        ],
        ...{ newestBy: 'authoredon', most: 100 },
      },
    ],
  },
  {
    ...{ code: '11369-6', display: 'History of Immunization note', title: 'Immunizations' },
    sources: [
      {
        ...{ type: 'Immunization', criteria: [['status', 'completed']] },
        ...{ newestBy: 'date', most: 100 },
      },
    ],
  },
  {
    ...{ code: '30954-2', display: 'Relevant diagnostic tests/laboratory data note' },
    title: 'Results',
    sources: [
      observations(category('laboratory'), { most: 100 }),
      observations(category('imaging'), { most: 20 }),
      {
        type: 'DiagnosticReport',
        criteria: [['status', 'final,amended,corrected,appended,partial,preliminary']],
        ...{ newestBy: 'date', each: 'newest of its code', most: 20 },
      },
    ],
  },
  {
    ...{ code: '47519-4', display: 'History of Procedures Document' },
    title: 'Procedures',
    sources: [
      {
        ...{ type: 'Procedure', criteria: [['status:not', `not-done,preparation,${wrong}`]] },
        ...{ newestBy: 'date', most: 50 },
      },
    ],
  },
  {
    ...{ code: '46264-8', display: 'History of medical device use', title: 'Medical devices' },
    sources: [
      {
        ...{ type: 'DeviceUseStatement', criteria: [], most: 50 },
        statuses: ['active', 'completed', 'intended', 'on-hold'],
      },
    ],
  },
  {
    ...{ code: '104605-1', display: 'Alert', title: 'Alerts' },
    sources: [
      { ...{ type: 'Flag', criteria: [], statuses: ['active'], newestBy: 'date', most: 50 } },
    ],
  },
  {
    ...{ code: '42348-3', display: 'Advance healthcare directives', title: 'Advance directives' },
    sources: [
      {
        type: 'Consent',
        criteria: [
          ['status', 'active'],
          ['scope', 'http://terminology.hl7.org/CodeSystem/consentscope|adr'],
        ],
        ...{ newestBy: 'date', most: 20 },
      },
    ],
  },
  {
    ...{ code: '47420-5', display: 'Functional status assessment note' },
    title: 'Functional status',
    sources: [
      {
        ...{ type: 'ClinicalImpression', criteria: [['status', 'completed']] },
        ...{ newestBy: 'date', most: 20 },
      },
    ],
  },
  {
    ...{ code: '11348-0', display: 'History of Past illness note', title: 'Past problems' },
    sources: [
      {
        type: 'Condition',
        criteria: [['clinical-status', 'inactive,resolved,remission'], isTrue],
        ...{ newestBy: 'onset-date', most: 50 },
      },
    ],
  },
  {
    ...{ code: '10162-6', display: 'History of pregnancies Narrative', title: 'Pregnancies' },
    sources: [
      observations(
        codes(
          ...['82810-3', '11636-8', '11637-6', '11638-4', '11639-2'],
          ...['11640-0', '11612-9', '11613-7', '11614-5', '33065-4'],
        ),
        { most: 20 },
      ),
    ],
  },
  {
    ...{ code: '18776-5', display: 'Plan of care note', title: 'Plan of care' },
    sources: [
      {
        ...{ type: 'CarePlan', criteria: [['status', 'active,on-hold']] },
        ...{ newestBy: 'date', most: 20 },
      },
      {
        ...{ type: 'ImmunizationRecommendation', criteria: [], newestBy: 'date', most: 1 },
      },
    ],
  },
  {
    ...{ code: '29762-2', display: 'Social history note', title: 'Social history' },
    sources: [
      // Smoking and alcohol, whatever category they were given.
      observations(codes('72166-2', '74013-4'), { most: 2 }),
      observations(category('social-history'), { most: 20 }),
    ],
  },
  {
    ...{ code: '8716-3', display: 'Vital signs note', title: 'Vital signs' },
    sources: [observations(category('vital-signs'), { most: 30 })],
  },
];
