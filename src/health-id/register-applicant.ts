// register-applicant: somebody who signs up without a clerk, by the same table as who comes to a desk.
// The Patient is kept by nobody's hospital but by the patient; a doubt is a Task for the clerks who look after sign-ups.

import type { Caller } from '../access/caller.ts';
import { contactsOf } from '../access/contact.ts';
import { unrestricted, type Permit } from '../access/permit.ts';
import {
  waitingKind,
  type RegisterApplicant,
  type Registered,
  type Waiting,
} from '../access/registered.ts';
import { documentOf } from '../fhir/json.ts';
import type { Resource } from '../fhir/resource.ts';
import { commit } from '../interactions/commit.ts';
import { prepare } from '../interactions/prepare.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Context } from '../interactions/types.ts';
import { everything } from '../search/plan.ts';
import { enrol, type Enrolling } from './complete-patient.ts';
import { findMatches } from './match/find.ts';
import { readPerson } from './match/person.ts';
import { withDraft } from './worklist.ts';

export interface Registering {
  readonly enrolling: Enrolling;
  readonly context: () => Context;
  /** Of the clerks who look after sign-ups: their organization gets the Task, which names only whom they may see. */
  readonly clerks: () => Promise<Permit>;
}

export const createRegisterApplicant =
  ({ enrolling, context: contextOf, clerks }: Registering): RegisterApplicant =>
  async (applicant, waiting) => {
    const context = contextOf();
    const desk = await clerks();
    return retryConflicts(
      async () =>
        (await findKnown(applicant, enrolling)) ??
        (await createOrAsk({ applicant, waiting, desk }, enrolling, context)),
    );
  };

/** One alone who is certain, lives, and can be asked; whoever is any less goes to a clerk. */
const findKnown = async (
  applicant: Resource,
  { store }: Enrolling,
): Promise<Registered | undefined> => {
  const { matches } = await findMatches(readPerson(applicant), everything, store.resources);
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

interface Application {
  readonly applicant: Resource;
  readonly waiting: Waiting;
  readonly desk: Permit;
}

const createOrAsk = async (
  { applicant, waiting, desk }: Application,
  enrolling: Enrolling,
  context: Context,
): Promise<Registered> => {
  const id = context.newId();
  const permit = permitOf(id);
  const asking: Context = {
    ...context,
    completePatient: (draft) => enrol(draft, desk, enrolling),
  };
  const draft = { type: 'Patient', id, document: documentOf(applicant), method: 'POST' } as const;
  const { change, also } = await prepare(draft, permit, asking);
  const [doubt] = also;
  if (doubt === undefined) {
    await commit([change], { headers: {} }, permit, context);
    return { kind: 'created', patient: id };
  }
  const task = withDraft(doubt, applicant, context);
  // There before the Task is: no clerk can be quicker.
  await context.store.records.put(waitingKind, task.version.id, waiting);
  await commit([task], { headers: {} }, applicantPermit, context);
  return { kind: 'asked', task: task.version.id };
};

const signUp: Caller = { client: 'sign-up', token: 'sign-up', role: 'patient', scopes: [] };

/** Who is not a Patient yet writes nothing but what is written here. */
const applicantPermit: Permit = { ...unrestricted, caller: signUp };

const permitOf = (patient: string): Permit => ({
  ...unrestricted,
  custodian: `Patient/${patient}`,
  caller: { ...signUp, fhirUser: `Patient/${patient}`, patient },
});
