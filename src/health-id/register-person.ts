// register-person: a person who is described, and what becomes of them: a new Patient, one there is, or a Task for a clerk.

import { contactsOf } from '../access/contact.ts';
import type { Permit } from '../access/permit.ts';
import { waitingKind, type Registered, type Waiting } from '../access/registered.ts';
import { documentOf } from '../fhir/json.ts';
import type { Resource } from '../fhir/resource.ts';
import { commit } from '../interactions/commit.ts';
import { prepare, type Put } from '../interactions/prepare.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Context } from '../interactions/types.ts';
import { everything } from '../search/plan.ts';
import { enrol, type Enrolling } from './complete-patient.ts';
import { refuseForeignFaults, refuseOwn } from './identifiers.ts';
import { findMatches } from './match/find.ts';
import { readPerson } from './match/person.ts';
import { withDraft } from './worklist.ts';

export interface Registration {
  readonly person: Resource;
  /** What is done once a clerk has decided, where one has to. */
  readonly waiting: Waiting;
  /** Of whoever gets the Task; it names only whom they may see. */
  readonly clerks: Permit;
  /** Under which the Task is written. */
  readonly asker: Permit;
  /** Under which the new Patient is written. */
  readonly writer: (id: string) => Permit;
  /** What is written together with the new Patient. */
  readonly also?: (id: string) => Promise<readonly Put[]>;
}

/** Throws 422 for a Patient that is not valid, or that has a health ID already. */
export const registerPerson = (
  registration: Registration,
  enrolling: Enrolling,
  context: Context,
): Promise<Registered> => {
  refuseOwn(registration.person, enrolling.system);
  refuseForeignFaults(registration.person);
  return retryConflicts(
    async () =>
      (await findKnown(registration.person, enrolling)) ??
      (await createOrAsk(registration, enrolling, context)),
  );
};

/** One alone who is certain, lives, and can be asked; whoever is any less goes to a clerk. */
const findKnown = async (
  person: Resource,
  { store }: Enrolling,
): Promise<Registered | undefined> => {
  const { matches } = await findMatches(readPerson(person), everything, store.resources);
  const certain = matches.filter(({ grade }) => grade === 'certain');
  if (certain.length !== 1) return undefined;
  const { id, text } = certain[0]!.version;
  const patient = JSON.parse(text) as Resource;
  const contacts = contactsOf(patient);
  const isHere = patient['active'] !== false && !isDeceased(patient);
  return isHere && contacts.length > 0 ? { kind: 'known', patient: id, contacts } : undefined;
};

const isDeceased = ({ deceasedBoolean, deceasedDateTime }: Resource): boolean =>
  deceasedBoolean === true || deceasedDateTime !== undefined;

const createOrAsk = async (
  { person, waiting, clerks, asker, writer, also: besides }: Registration,
  enrolling: Enrolling,
  context: Context,
): Promise<Registered> => {
  const id = context.newId();
  const draft = { type: 'Patient', id, document: documentOf(person), method: 'POST' } as const;
  const { change, also } = await prepare(draft, writer(id), {
    ...context,
    completePatient: (patient) => enrol(patient, clerks, enrolling),
  });
  const [doubt] = also;
  if (doubt === undefined) {
    const more = (await besides?.(id)) ?? [];
    await commit([change, ...more], { headers: {} }, writer(id), context);
    return { kind: 'created', patient: id };
  }
  const task = withDraft(doubt, person, context);
  // There before the Task is: no clerk can be quicker.
  await context.store.records.put(waitingKind, task.version.id, waiting);
  await commit([task], { headers: {} }, asker, context);
  return { kind: 'asked', task: task.version.id };
};
