// register-applicant: somebody who signs up without a clerk, by the same table as who comes to a desk.
// The Patient is kept by nobody's hospital but by the patient; a doubt is a Task for the clerks who look after sign-ups.

import type { Caller } from '../access/caller.ts';
import { serversPermit, type Permit } from '../access/permit.ts';
import type { RegisterApplicant } from '../access/registered.ts';
import type { Context } from '../interactions/types.ts';
import type { Enrolling } from './complete-patient.ts';
import { registerPerson } from './register-person.ts';

export interface Registering {
  readonly enrolling: Enrolling;
  readonly context: () => Context;
  /** Of the clerks who look after sign-ups: their organization gets the Task, which names only whom they may see. */
  readonly clerks: () => Promise<Permit>;
}

export const createRegisterApplicant =
  ({ enrolling, context, clerks }: Registering): RegisterApplicant =>
  async (person, waiting) =>
    registerPerson(
      { person, waiting, clerks: await clerks(), writer: ownRecord, asker: applicant },
      enrolling,
      context(),
    );

const signUp: Caller = { client: 'sign-up', token: 'sign-up', role: 'patient', scopes: [] };

/** Who is not a Patient yet writes nothing but what is written here. */
const applicant = serversPermit({ caller: signUp });

const ownRecord = (patient: string): Permit =>
  serversPermit({
    custodian: `Patient/${patient}`,
    caller: { ...signUp, fhirUser: `Patient/${patient}`, patient },
  });
