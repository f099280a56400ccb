// Allergy: which of those on record warn: not the ones that are over, were refuted or were written by mistake.
// https://hl7.org/fhir/R4/allergyintolerance.html

import type { AllergyIntolerance } from 'fhir/r4';
import { hasCode } from '@meridian/ui/format/coded.ts';

export interface Warnings {
  /** The dangerous ones first. */
  readonly allergies: readonly AllergyIntolerance[];
  /** Somebody has asked and noted that there is none of any kind: that is more than nothing on record. */
  readonly isNoneNoted: boolean;
  /** Less than that: "no known drug allergy" says nothing of food. They are told in their own words. */
  readonly noted: readonly AllergyIntolerance[];
}

export const warningsOf = (recorded: readonly AllergyIntolerance[]): Warnings => {
  const standing = recorded.filter(isStanding);
  const allergies = standing.filter((allergy) => !isCoded(allergy, [...none, ...noneOfAKind]));
  return {
    allergies: [...allergies].sort((a, b) => weightOf(a) - weightOf(b)),
    isNoneNoted: allergies.length === 0 && standing.some((allergy) => isCoded(allergy, none)),
    noted: standing.filter((allergy) => isCoded(allergy, noneOfAKind)),
  };
};

export const isDangerous = ({ criticality }: AllergyIntolerance): boolean => criticality === 'high';

const isStanding = ({ clinicalStatus, verificationStatus }: AllergyIntolerance): boolean =>
  !['inactive', 'resolved'].some((code) => hasCode(clinicalStatus, undefined, code)) &&
  !['refuted', 'entered-in-error'].some((code) => hasCode(verificationStatus, undefined, code));

type Code = readonly [system: string, code: string];

const snomed = 'http://snomed.info/sct';
/** https://hl7.org/fhir/uv/ips/CodeSystem-absent-unknown-uv-ips.html */
const absent = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips';

/** "No known allergy" */
const none: readonly Code[] = [
  [snomed, '716186003'],
  [absent, 'no-known-allergies'],
];

/** "No known drug allergy" and its kin, and that nothing is known. */
const noneOfAKind: readonly Code[] = [
  ...['409137002', '428607008', '429625007', '428197003', '716184000', '716220001'].map(
    (code): Code => [snomed, code],
  ),
  ...['medication', 'food', 'environmental'].map((kind): Code => [
    absent,
    `no-known-${kind}-allergies`,
  ]),
  [absent, 'no-allergy-info'],
];

const isCoded = ({ code }: AllergyIntolerance, codes: readonly Code[]): boolean =>
  codes.some(([system, one]) => hasCode(code, system, one));

const weightOf = (allergy: AllergyIntolerance): number => (isDangerous(allergy) ? 0 : 1);
