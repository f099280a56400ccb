// plan-new: the change that gives a person a health ID whom a clerk has found to be nobody known.

import { serversPermit, type Permit } from '../access/permit.ts';
import { documentOf, parseDocument } from '../fhir/json.ts';
import { forbidden } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { prepare, type Prepared } from '../interactions/prepare.ts';
import type { Context } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import { enrol, type Enrolling } from './complete-patient.ts';
import { refuseForeignFaults, refuseOwn } from './identifiers.ts';

/** Who keeps the new Patient: the clerk's organization, or the patient where nobody but they brought themself in. */
export type Keeper = 'organization' | 'patient';

/** Throws 422 for a Patient that is not valid, 403 where the clerk may create none. */
export const planNewPatient = async (
  person: Resource,
  keeper: Keeper,
  permit: Permit,
  { enrolling, context }: { readonly enrolling: Enrolling; readonly context: Context },
): Promise<Prepared> => {
  refuseOwn(person, enrolling.system);
  refuseForeignFaults(person);
  const id = context.newId();
  const draft = { type: 'Patient', id, document: documentOf(person), method: 'POST' } as const;
  return prepare(draft, keeper === 'patient' ? keptByThemself(id, permit) : permit, {
    ...context,
    completePatient: (patient, by) => enrol(patient, by, enrolling, 'decided'),
  });
};

/** The stored Patient with a health ID. */
export const planNumber = (
  current: Version,
  permit: Permit,
  { enrolling, context }: { readonly enrolling: Enrolling; readonly context: Context },
): Promise<Prepared> => {
  const { type, id } = current;
  const document = parseDocument(current.text, Infinity);
  const draft = { type, id, document, method: 'PUT', previous: current } as const;
  return prepare(draft, permit, {
    ...context,
    completePatient: (patient, by) => enrol(patient, by, enrolling, 'decided'),
  });
};

/** The clerk acts, and sees no more of the Patient afterwards than before. */
const keptByThemself = (id: string, permit: Permit): Permit => {
  if (!permit.allows('create', 'Patient'))
    throw forbidden('Your access does not include: create Patient.');
  return serversPermit({ caller: permit.caller, custodian: `Patient/${id}` });
};
