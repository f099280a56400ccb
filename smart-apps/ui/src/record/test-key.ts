// Test key: which results are of the same test, and so belong to one trend, whichever hospital has named it.
// https://hl7.org/fhir/R4/observation-definitions.html#Observation.code

import type { CodeableConcept, Coding, Observation, Quantity } from 'fhir/r4';

const loinc = 'http://loinc.org';

/** LOINC before others, for every laboratory adds codes of its own, in any order; undefined where there is no code. */
export const codingOf = (concept: CodeableConcept | undefined): Coding | undefined => {
  const codings = concept?.coding?.filter(({ code }) => code !== undefined) ?? [];
  return codings.find(({ system }) => system === loinc) ?? codings[0];
};

/**
 * `system|code`, as it is searched for; undefined where there is no code. The system belongs to it: `718-7` of a laboratory need
 * not be that of LOINC.
 */
export const codeKeyOf = (concept: CodeableConcept | undefined): string | undefined => {
  const coding = codingOf(concept);
  return coding === undefined ? undefined : `${coding.system ?? ''}|${coding.code!}`;
};

/** What has no code is the same by its text. */
export const testKeyOf = ({ code, id }: Pick<Observation, 'code' | 'id'>): string =>
  codeKeyOf(code) ?? `text ${code.text ?? id ?? ''}`;

/**
 * Values of one test are drawn together where this is the same: 5.4 mmol/L and 97 mg/dL are the same sugar at another height. The
 * code of UCUM goes before the word, which is written "mg/dl" here and "mg/dL" there.
 */
export const unitKeyOf = (quantity: Quantity | undefined): string =>
  (quantity?.code ?? quantity?.unit ?? '').replaceAll('mm[Hg]', 'mmHg');
