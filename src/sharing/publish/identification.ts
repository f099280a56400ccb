// Identification: whom an upload is about, as it says: one health ID, and a birth date or a family name to go with it, because a
// mistyped number that happens to exist must not file a report with a stranger.

import { unprocessable, type Issue, type Problem } from '../../fhir/problem.ts';
import type { Resource } from '../../fhir/resource.ts';
import { readPerson } from '../../health-id/match/person.ts';
import { readNumber } from '../../health-id/number.ts';
import { containedPatients, namingsIn, type Naming } from './named.ts';

export interface Identification {
  /** 14 digits whose check digit fits. */
  readonly number: string;
  /** The Patients that say more of the person. */
  readonly patients: readonly Resource[];
}

/** A resource of the upload and where it stands in the request: its type, or `Bundle.entry[2].resource`. */
export interface Sent {
  readonly resource: Resource;
  readonly path: string;
}

/** Throws 422, naming the element, before anything is looked up or stored. */
export const readIdentification = (sent: readonly Sent[], system: string): Identification => {
  const namings = sent.flatMap((each) => placed(each, system));
  const naming = sent.filter(({ resource }) => namingsIn(resource, system).length > 0);
  const patients = naming.flatMap(({ resource }) =>
    resource.resourceType === 'Patient' ? [resource] : containedPatients(resource),
  );
  const number = readOne(namings);
  if (patients.some(hasDemographics)) return { number, patients };
  throw refuse(
    'required',
    'Say the birth date (with year, month and day) or the family name of the patient too, in a contained Patient: a mistyped health ID must not file a report with a stranger.',
    namings[0]!.path,
  );
};

/** A whole birth date, or a family name. */
export const hasDemographics = (patient: Resource): boolean => {
  const { birthDate, names } = readPerson(patient);
  return birthDate !== undefined || names.some(({ family }) => family.length > 0);
};

const placed = ({ resource, path }: Sent, system: string): readonly Naming[] =>
  namingsIn(resource, system).map((naming) => ({
    ...naming,
    path: `${path}${naming.path.slice(resource.resourceType.length)}`,
  }));

const readOne = (namings: readonly Naming[]): string => {
  const readings = namings.map(({ value, path }) => {
    if (typeof value !== 'string' || value === '')
      throw refuse('required', 'The health ID of the patient is missing here.', path);
    const reading = readNumber(value);
    if (!reading.ok) throw refuse('value', reading.fault, path);
    return { number: reading.number, path };
  });
  const [first] = readings;
  const other = readings.find(({ number }) => number !== first?.number);
  if (other)
    throw refuse(
      'business-rule',
      'An upload is about one patient, and this is another health ID.',
      other.path,
    );
  return first!.number;
};

export const refuse = (code: string, diagnostics: string, path: string): Problem => {
  const issue: Issue = { severity: 'error', code, diagnostics, expression: [path] };
  return unprocessable([issue]);
};
