// Kinds: the words in which patients share their records, and which resources each stands for.

import { compartmentParameters } from '../fhir/compartment.ts';
import type { Definitions } from '../fhir/definitions/types.ts';
import { kindOf } from '../access/kinds.ts';
import { and, everything, not, nothing, type Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';

/** A code of the CodeSystem `sharing-kind`. */
export type SharingKind =
  | 'everything'
  | 'results'
  | 'vitals'
  | 'lifestyle'
  | 'medications'
  | 'documents'
  | 'conditions'
  | 'allergies'
  | 'immunizations'
  | 'procedures'
  | 'visits'
  | 'appointments'
  | 'plans';

export const kindSystem = 'https://meridian.example/CodeSystem/sharing-kind';

const typesByKind: Readonly<Record<Exclude<SharingKind, 'everything'>, string>> = {
  results: 'DiagnosticReport Observation ImagingStudy MolecularSequence Specimen',
  vitals: 'Observation',
  lifestyle: 'Observation QuestionnaireResponse',
  medications: 'MedicationRequest MedicationDispense MedicationAdministration MedicationStatement',
  documents: 'DocumentReference DocumentManifest Composition Media',
  conditions: 'Condition ClinicalImpression DetectedIssue FamilyMemberHistory Flag RiskAssessment',
  allergies: 'AllergyIntolerance AdverseEvent',
  immunizations: 'Immunization ImmunizationEvaluation ImmunizationRecommendation',
  procedures: 'Procedure ServiceRequest DeviceRequest DeviceUseStatement',
  visits: 'Encounter EpisodeOfCare',
  appointments: 'Appointment AppointmentResponse',
  plans: 'CarePlan CareTeam Goal NutritionOrder',
};

export const sharingKinds: readonly SharingKind[] = [
  'everything',
  ...(Object.keys(typesByKind) as Exclude<SharingKind, 'everything'>[]),
];

export const isSharingKind = (code: string): code is SharingKind =>
  (sharingKinds as readonly string[]).includes(code);

/**
 * The types that can be shared at all: a patient's health record. Not messages, bills and insurance, nor the state of apps, nor
 * who has looked at the record.
 */
export const isShareable = (type: string, definitions: Definitions): boolean =>
  shareable.has(kindOf(type)) &&
  type !== 'Basic' &&
  compartmentParameters(definitions, 'Patient', type).length > 0;

const shareable: ReadonlySet<string> = new Set(['clinical', 'dispensing', 'appointment']);

/** The resources of a type that are of the kind; `nothing` for types the kind has none of. */
export const kindPlan = (kind: SharingKind, type: string, definitions: Definitions): Plan => {
  if (!isShareable(type, definitions)) return nothing;
  if (kind === 'everything') return everything;
  if (!typesByKind[kind].split(' ').includes(type)) return nothing;
  return type === 'Observation' ? ofCategory(kind, definitions) : everything;
};

/** The kinds that can hold resources of the type, `everything` among them. */
export const kindsOf = (type: string, definitions: Definitions): readonly SharingKind[] =>
  sharingKinds.filter((kind) => kindPlan(kind, type, definitions).op !== 'nothing');

/** Observations go by their category; those of no other kind are results. */
const ofCategory = (kind: SharingKind, definitions: Definitions): Plan => {
  if (kind !== 'results') return category(categories[kind] ?? [], definitions);
  const others = Object.values(categories).map((codes) => category(codes, definitions));
  return and(...others.map(not));
};

const categorySystem = 'http://terminology.hl7.org/CodeSystem/observation-category';

const categories: Readonly<Partial<Record<SharingKind, readonly string[]>>> = {
  vitals: ['vital-signs'],
  lifestyle: ['social-history', 'activity', 'survey'],
};

const category = (codes: readonly string[], definitions: Definitions): Plan => ({
  ...{ op: 'token', params: valueParams('Observation', 'category', definitions) },
  any: codes.map((code) => ({ system: categorySystem, code })),
});
