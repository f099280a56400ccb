// parts: what the operations about dependants need besides the Context; composed once.

import type { Contact, Message } from '../../access/contact.ts';
import type { AttachGuardian } from '../../access/guardianship.ts';
import type { OneTimeCodes } from '../../access/one-time-code.ts';
import type { Permit } from '../../access/permit.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Enrolling } from '../../health-id/complete-patient.ts';
import type { Context, FhirRequest } from '../../interactions/types.ts';
import type { Invitations } from './invitations.ts';

export interface DependantParts {
  readonly enrolling: Enrolling;
  readonly majorityAge: number;
  /** Of the clerks who look after what patients bring in themselves. */
  readonly clerks: () => Promise<Permit>;
  readonly attach: AttachGuardian;
  readonly codes: OneTimeCodes<Approval>;
  readonly invitations: Invitations;
  /** Not waited for: how long a message takes would tell that there is somebody to send it to. */
  readonly post: (contact: Contact, message: Message) => void;
}

export interface Exchange {
  readonly request: FhirRequest;
  readonly permit: Permit;
  readonly context: Context;
}

/** Who wants to look after somebody. */
export interface Claim {
  /** Logical id of the guardian. */
  readonly guardian: string;
  /** CodeableConcept. */
  readonly relationship: object;
  /** The account or client that asked: nobody else uses its codes. */
  readonly by: string;
}

/** What a code approves. */
export type Approval =
  /** An adult's address is theirs, and they agree: now they are registered. */
  | (Claim & { readonly step: 'register'; readonly person: Resource; readonly contact: Contact })
  /** A known Patient agrees, or whoever their hospital has on file for them. */
  | (Claim & { readonly step: 'link'; readonly patient: string });
