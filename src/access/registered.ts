// Registered: what becomes of a person who registers without a clerk, and of the Task that a clerk decides later.

import type { Resource } from '../fhir/resource.ts';
import type { Contact } from './contact.ts';

export type Registered =
  /** Nobody is alike: there is a new Patient with a health ID. */
  | { readonly kind: 'created'; readonly patient: string }
  /** Beyond doubt this Patient, who has to confirm it by one of the contacts on file. */
  | { readonly kind: 'known'; readonly patient: string; readonly contacts: readonly Contact[] }
  /** A clerk has to look first; nothing but this Task was created. */
  | { readonly kind: 'asked'; readonly task: string };

/**
 * Takes a Patient as a person describes themself, and what to do once a clerk has decided, where one has to. Nothing of what
 * comes back may show on a page: it tells who is known.
 */
export type RegisterApplicant = (applicant: Resource, waiting: Waiting) => Promise<Registered>;

/** Kept under the id of the Task until that is decided. */
export type Waiting =
  /** Somebody who wants an account and has proven this address. */
  | { readonly by: 'sign-up'; readonly name: string; readonly contact: Contact }
  /** A guardian who wants to look after the person. Logical ids. */
  | { readonly by: 'guardian'; readonly guardian: string; readonly relationship: object };

/** The record kind. */
export const waitingKind = 'identity-waiting';

/** What a clerk decided of a Task that asked who somebody is. */
export interface Decided {
  readonly patient: string;
  readonly as: 'new' | 'same';
  readonly waiting: Waiting;
}

/** Told once, after the decision is stored. Never rejects: the decision stands. */
export type OnDecided = (decided: Decided) => Promise<void>;
