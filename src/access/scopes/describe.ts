// describe: what a scope lets an app do, in words for the person who is asked to agree.

import type { Right } from '../permit.ts';
import type { Scope } from './scope.ts';

export interface Description {
  /** `See and search your test results and measurements (category is laboratory)`. */
  readonly sentence: string;
  /** Of the sentence: `See and search`. */
  readonly verbs: string;
  /** Of the sentence: `test results and measurements`. */
  readonly what: string;
  /** What narrows it: `category is laboratory`. */
  readonly limits: readonly string[];
  /** Something is written or deleted. */
  readonly changes: boolean;
}

/** `whose` goes before what is meant: `your`, `the patient’s`; an empty text where nobody's in particular is. */
export const describeScope = (
  { type, rights, query }: Pick<Scope, 'type' | 'rights' | 'query'>,
  whose: string,
): Description => {
  const verbs = sentenceCase(verbsOf(rights));
  const what = type === '*' ? 'health records of every kind' : (names[type] ?? plainName(type));
  const limits = query.map(([name, value]) => limitOf(name, value));
  const narrowed = limits.length > 0 ? ` (${limits.join(', ')})` : '';
  const changes = rights.some((right) => right !== 'read' && right !== 'search');
  const owner = whose === '' ? '' : `${whose} `;
  return { sentence: `${verbs} ${owner}${what}${narrowed}`, verbs, what, limits, changes };
};

const verbOrder: readonly (readonly [Right, string])[] = [
  ['read', 'see'],
  ['search', 'search'],
  ['create', 'add to'],
  ['update', 'change'],
  ['delete', 'delete'],
];

const verbsOf = (rights: readonly Right[]): string => {
  const verbs = verbOrder.flatMap(([right, verb]) => (rights.includes(right) ? [verb] : []));
  return verbs.length < 2
    ? (verbs[0] ?? '')
    : `${verbs.slice(0, -1).join(', ')} and ${verbs.at(-1)!}`;
};

const sentenceCase = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const limitOf = (name: string, value: string): string => {
  const [code = '', modifier = ''] = name.split(':');
  const relation = relations[modifier] ?? `${modifier} is`;
  const shown = value
    .split(',')
    .map((each) => each.replace(/^.*\|/, ''))
    .join(' or ');
  return `${code.replace(/^_/, '').replaceAll('-', ' ')} ${relation} ${shown}`;
};

/** By modifier: what is not laboratory must not read as what is. */
const relations: Readonly<Record<string, string>> = {
  __proto__: null as never,
  '': 'is',
  not: 'is not',
  in: 'is in',
  'not-in': 'is not in',
  missing: 'is missing:',
  above: 'is or is wider than',
  below: 'is or is narrower than',
  contains: 'contains',
};

/** `FamilyMemberHistory` as `family member history`. */
const plainName = (type: string): string => type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

const names: Readonly<Record<string, string>> = {
  AllergyIntolerance: 'allergies and intolerances',
  Appointment: 'appointments',
  AuditEvent: 'record of who has looked at the data',
  Binary: 'files',
  CarePlan: 'care plans',
  CareTeam: 'care team',
  Claim: 'insurance claims',
  Communication: 'messages',
  Composition: 'clinical documents',
  Condition: 'health problems and diagnoses',
  Consent: 'consents',
  Coverage: 'insurance',
  Device: 'medical devices',
  DiagnosticReport: 'test reports',
  DocumentReference: 'documents',
  Encounter: 'visits',
  EpisodeOfCare: 'episodes of care',
  ExplanationOfBenefit: 'insurance statements',
  FamilyMemberHistory: 'family history',
  Flag: 'warnings',
  Goal: 'health goals',
  HealthcareService: 'healthcare services',
  ImagingStudy: 'imaging studies',
  Immunization: 'vaccinations',
  Invoice: 'bills',
  List: 'lists',
  Location: 'places',
  Media: 'pictures and recordings',
  Medication: 'medicines',
  MedicationAdministration: 'medicines given',
  MedicationDispense: 'medicines handed out',
  MedicationRequest: 'prescriptions',
  MedicationStatement: 'medicines taken',
  Observation: 'test results and measurements',
  Organization: 'organizations',
  Patient: 'name, contact and other personal details',
  Practitioner: 'doctors and other staff',
  PractitionerRole: 'roles of doctors and other staff',
  Procedure: 'procedures and operations',
  Provenance: 'record of who wrote the data',
  Questionnaire: 'questionnaires',
  QuestionnaireResponse: 'answered questionnaires',
  RelatedPerson: 'family and other related persons',
  Schedule: 'schedules',
  ServiceRequest: 'orders and referrals',
  Slot: 'free times',
  Specimen: 'samples',
  Task: 'tasks',
};
