// asking: who asks to see a shared record, as far as rules of Consents can name them, and what there is to be looked at.

import type { Emergency } from './emergencies.ts';
import type { Provision } from './provision.ts';

export interface Asking {
  readonly role: 'clinician' | 'pharmacist' | 'system';
  /** `Organization/1` */
  readonly organization?: string | undefined;
  /** `Practitioner/1`, `PractitionerRole/1`: the person and the roles of that person in the organization. */
  readonly persons: readonly string[];
  /** Codes of v3-ActReason. */
  readonly purposes: readonly string[];
  readonly there: There;
  readonly emergencies: readonly Emergency[];
  /** Milliseconds since 1970, whole seconds. */
  readonly at: number;
}

/** What Consents there are that could matter: what is not there need not be asked for. */
export interface There {
  /** Whether keys of any Consent permit the organization something, or one of the persons. */
  readonly permits: Named;
  /** Whether they deny something to them, or to everybody. */
  readonly denials: Named & { readonly everybody: boolean };
  /** Whether one names types of resources, and whether one hides single resources from everybody. */
  readonly typed: boolean;
  readonly hiding: boolean;
  /** Organizations that keep Consents of their own about who asks; each is looked at by itself. */
  readonly keepers: readonly string[];
  /** Whether there are more: what those permit counts for nothing, and what they deny for all that is not kept by `keepers`. */
  readonly isMoreKeepers: boolean;
  /** Consents that keys cannot say whole. */
  readonly singles: readonly ReadConsent[];
  /** Ids of the Consents that were read for them. */
  readonly read: readonly string[];
  /** Whether there are more of those than are read. */
  readonly isMore: boolean;
}

export interface Named {
  readonly organization: boolean;
  readonly person: boolean;
}

export interface ReadConsent {
  /** Logical id of the patient. */
  readonly patient: string;
  /** The organization that keeps it; undefined: the patient does. */
  readonly keeper?: string | undefined;
  readonly rule: Provision;
}
