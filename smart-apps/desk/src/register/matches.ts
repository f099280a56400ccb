// Matches: who may be the person already, how sure the server is, and what speaks for it and against it.
// https://hl7.org/fhir/R4/patient-operation-match.html

import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import type { Bundle, Patient, Task } from 'fhir/r4';

export const grades = ['certain', 'probable', 'possible'] as const;
export type Grade = (typeof grades)[number];

export interface Match {
  readonly patient: Patient;
  readonly grade: Grade;
}

export const findMatches = async (fhir: Fhir, person: Patient): Promise<readonly Match[]> =>
  matchesOf(
    await operate<Bundle>(fhir, 'Patient/$match', [
      { name: 'resource', resource: person },
      { name: 'count', valueInteger: 5 },
    ]),
  );

const gradeUrl = 'http://hl7.org/fhir/StructureDefinition/match-grade';

/** Best first, as they come. */
export const matchesOf = ({ entry = [] }: Bundle): readonly Match[] =>
  entry.flatMap(({ resource, search }) => {
    const said = search?.extension?.find(({ url }) => url === gradeUrl)?.valueCode;
    const grade = grades.find((each) => each === said);
    return resource?.resourceType === 'Patient' && grade !== undefined
      ? [{ patient: resource as Patient, grade }]
      : [];
  });

export interface Candidate {
  readonly id: string;
  /** undefined where a clerk has named the Patient. */
  readonly grade: Grade | undefined;
}

/** The Patients a Task of the identity worklist names: each is followed by its grade and score. */
export const candidatesOf = ({ input = [] }: Task): readonly Candidate[] =>
  input.flatMap(({ type, valueReference }, place) => {
    const id = valueReference?.reference?.split('/')[1];
    if (type.text !== 'candidate' || id === undefined) return [];
    const said = input[place + 1];
    const grade =
      said?.type.text === 'match-grade'
        ? grades.find((each) => each === said.valueCode)
        : undefined;
    return [{ id, grade }];
  });
