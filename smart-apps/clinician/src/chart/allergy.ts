// Allergy: which of those on record warn: not the ones that are over, were refuted or were written by mistake.
// https://hl7.org/fhir/R4/allergyintolerance.html

import type { AllergyIntolerance } from 'fhir/r4';
import { hasCode } from '@meridian/ui/format/coded.ts';

export interface Warnings {
  /** The dangerous ones first. */
  readonly allergies: readonly AllergyIntolerance[];
  /** Somebody has asked and noted that there is none: that is more than nothing on record. */
  readonly isNoneNoted: boolean;
}

export const warningsOf = (recorded: readonly AllergyIntolerance[]): Warnings => {
  const standing = recorded.filter(isStanding);
  const allergies = standing.filter((allergy) => !isNegation(allergy));
  return {
    allergies: [...allergies].sort((a, b) => weightOf(a) - weightOf(b)),
    isNoneNoted: allergies.length === 0 && standing.length > 0,
  };
};

export const isDangerous = ({ criticality }: AllergyIntolerance): boolean => criticality === 'high';

const isStanding = ({ clinicalStatus, verificationStatus }: AllergyIntolerance): boolean =>
  !['inactive', 'resolved'].some((code) => hasCode(clinicalStatus, undefined, code)) &&
  !['refuted', 'entered-in-error'].some((code) => hasCode(verificationStatus, undefined, code));

/** "No known allergy" and its kin in SNOMED CT. */
const negations: readonly string[] = [
  ...['716186003', '409137002', '428607008', '429625007', '716184000', '716185004'],
];

const isNegation = ({ code }: AllergyIntolerance): boolean =>
  negations.some((negation) => hasCode(code, 'http://snomed.info/sct', negation));

const weightOf = (allergy: AllergyIntolerance): number => (isDangerous(allergy) ? 0 : 1);
