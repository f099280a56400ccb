// Caller: who asks, as the access token says it. Read once at the guard, then handed on with the permit.

/** What reach a caller has before scopes narrow it. */
export type Role =
  | 'patient'
  | 'proxy'
  | 'clinician'
  | 'desk'
  | 'pharmacist'
  | 'biller'
  | 'system'
  /** A system client that is registered for every organization. */
  | 'network'
  | 'administrator';

export interface Caller {
  readonly client: string;
  /** Account that signed in; absent for a system client. */
  readonly user?: string;
  /** `Practitioner/1`, `Patient/1`, `RelatedPerson/1`, `Person/1`. */
  readonly fhirUser?: string;
  readonly role: Role;
  /** The Organization acted for: `Organization/1`. */
  readonly organization?: string;
  /** By a PractitionerRole, which is asked for each time; without it by the account. */
  readonly byRole?: true;
  /** As granted: `patient/Observation.rs?category=laboratory`, `openid`, … */
  readonly scopes: readonly string[];
  /** Launch context, logical ids. One token holds one patient. */
  readonly patient?: string;
  readonly encounter?: string;
  /** The grant the token came from: what is revoked together. */
  readonly grant?: string;
  /** v3-ActReason codes of the purpose of use: TREAT, BTG, … */
  readonly purposes?: readonly string[];
  /** Patients whose records are open to the user because of an emergency, each until a time in milliseconds since 1970. */
  readonly emergencies?: readonly { readonly patient: string; readonly until: number }[];
  /** Names the token in the audit without being usable: the first characters of its hash. */
  readonly token: string;
}
