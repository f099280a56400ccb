// Finer choices: into which parts a wide scope can be narrowed on the consent page.
// https://hl7.org/fhir/us/core/STU7/scopes.html

import type { ScopeRules } from './scope-rules.ts';

interface Choice {
  readonly scope: string;
  readonly text: string;
}

/** Parts of the scope that this server understands, each with its words; none when it is narrow already. */
export const finerChoices = (scope: string, rules: ScopeRules): readonly Choice[] => {
  const match = /^(patient|user)\/([A-Za-z]+|\*)\.([a-z]+|\*)$/.exec(scope);
  if (!match) return [];
  const [, reach = '', type = '', action = ''] = match;
  const rights = letters[action] ?? action;
  const parts =
    type === '*'
      ? types.map(([name, text]) => ({ scope: `${reach}/${name}.${rights}`, text }))
      : (categories[type] ?? []).map(([category, text]) => ({
          scope: `${reach}/${type}.${rights}?category=${category}`,
          text,
        }));
  return parts.filter((part) => rules.isKnown(part.scope) && rules.isWithin(part.scope, scope));
};

/** A scope of version 1 has no query. */
const letters: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

type Row = readonly [value: string, text: string];

const condition = 'http://terminology.hl7.org/CodeSystem/condition-category';
const observation = 'http://terminology.hl7.org/CodeSystem/observation-category';
const usCore = 'http://hl7.org/fhir/us/core/CodeSystem';

/** The granular scopes that US Core names. */
const categories: Readonly<Record<string, readonly Row[]>> = {
  Condition: [
    [`${condition}|problem-list-item`, 'Long-term problems'],
    [`${condition}|encounter-diagnosis`, 'Diagnoses of visits'],
    [`${usCore}/condition-category|health-concern`, 'Health concerns'],
  ],
  Observation: [
    [`${observation}|laboratory`, 'Laboratory results'],
    [`${observation}|vital-signs`, 'Vital signs'],
    [`${usCore}/us-core-category|clinical-test`, 'Other examinations, such as an ECG'],
    [`${observation}|social-history`, 'Social history, such as smoking'],
    [`${observation}|survey`, 'Answers to questionnaires'],
    [`${usCore}/us-core-category|sdoh`, 'Living conditions'],
  ],
  DocumentReference: [
    [`${usCore}/us-core-documentreference-category|clinical-note`, 'Clinical notes'],
  ],
};

/** What a record mostly consists of. */
const types: readonly Row[] = [
  ['Patient', 'Name, birth date and contact details'],
  ['AllergyIntolerance', 'Allergies'],
  ['Appointment', 'Appointments'],
  ['CarePlan', 'Care plans'],
  ['CareTeam', 'Care teams'],
  ['Condition', 'Problems and diagnoses'],
  ['Coverage', 'Insurance'],
  ['Device', 'Implants and devices'],
  ['DiagnosticReport', 'Reports of examinations'],
  ['DocumentReference', 'Documents'],
  ['Encounter', 'Visits and stays'],
  ['Goal', 'Goals'],
  ['Immunization', 'Vaccinations'],
  ['MedicationDispense', 'Medicines handed out'],
  ['MedicationRequest', 'Prescriptions'],
  ['Observation', 'Results and measurements'],
  ['Procedure', 'Procedures'],
  ['Provenance', 'Where records come from'],
  ['QuestionnaireResponse', 'Filled-in questionnaires'],
  ['RelatedPerson', 'Relatives'],
  ['ServiceRequest', 'Orders and referrals'],
  ['Specimen', 'Samples'],
];
