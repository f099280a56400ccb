// Agrees: whether the person an upload speaks of is the Patient who has the health ID.

import type { Resource } from '../../fhir/resource.ts';
import { readPerson } from '../../health-id/match/person.ts';
import { compare, type Comparison } from '../../health-id/match/weigh.ts';

/**
 * Nothing that both say differs, and the birth date or the family name is among what agrees. Names are compared as $match does:
 * across scripts and spellings. Nobody at all (undefined) is compared alike, and does not agree.
 */
export const agrees = (said: readonly Resource[], patient: Resource | undefined): boolean => {
  const stored = readPerson(patient ?? { resourceType: 'Patient' });
  const comparisons = said.map((each) => compare(readPerson(each), stored));
  return comparisons.every(isFree) && comparisons.some(isEnough);
};

const isFree = ({ birthDate, family, given, gender }: Comparison): boolean =>
  (birthDate === undefined || birthDate === 'same') &&
  family !== 'different' &&
  given !== 'different' &&
  gender !== 'different';

const isEnough = ({ birthDate, family }: Comparison): boolean =>
  birthDate === 'same' || family !== undefined;
