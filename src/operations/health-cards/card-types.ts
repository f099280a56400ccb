// card-types: which kinds of cards are asked for: by resource types, or by the names of the specification's first release.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/OperationDefinition-patient-i-health-cards-issue.html

import type { Definitions } from '../../fhir/definitions/types.ts';
import { invalid } from '../../fhir/problem.ts';
import { nearest } from '../../fhir/nearest.ts';

/** Resource types there are cards of, besides the Patient, who is in each. */
export type CardKind = 'Immunization' | 'Observation';

/** `any`, or all types that each card must hold. */
export type AskedTypes = 'any' | readonly string[];

export const kindsOfCards = (): readonly CardKind[] => ['Immunization', 'Observation'];

export const isKind = (type: string): type is CardKind =>
  kindsOfCards().some((kind) => kind === type);

const anyType = 'any';

/** "Servers SHOULD process `#immunization` as `Immunization`, and `#laboratory` as `Observation`." */
const formerNames: Readonly<Record<string, string>> = {
  immunization: 'Immunization',
  laboratory: 'Observation',
  'health-card': anyType,
};

/** Throws 400 for what is no resource type. */
export const readCardTypes = (
  given: readonly string[],
  { resourceTypes }: Pick<Definitions, 'resourceTypes'>,
): AskedTypes => {
  if (given.length === 0)
    throw invalid(
      "Parameter 'credentialType' must say which cards: Patient, Immunization or Observation.",
      'credentialType',
    );
  const types = given.map((text) => readType(text, resourceTypes));
  const named = [...new Set(types)].filter((type) => type !== anyType);
  return named.length === 0 ? 'any' : named;
};

const readType = (text: string, known: readonly string[]): string => {
  const former = /^(?:https:\/\/smarthealth\.cards)?#(.+)$/.exec(text)?.[1];
  const found = former === undefined ? text : formerNames[former];
  if (found !== undefined && (found === anyType || known.includes(found))) return found;
  const near = nearest(text, known);
  const hint = near === undefined ? '' : ` Did you mean '${near}'?`;
  throw invalid(`'${text}' is not a FHIR R4 resource type.${hint}`, 'credentialType');
};
