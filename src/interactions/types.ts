// What goes into an interaction and what comes out: no Express here.
// https://hl7.org/fhir/R4/http.html

import type { Caller } from '../access/caller.ts';
import type { OpenLaunch } from '../access/launch.ts';
import type { Permit } from '../access/permit.ts';
import type { Definitions } from '../fhir/definitions/types.ts';
import type { Issue } from '../fhir/problem.ts';
import type { Document, Resource } from '../fhir/resource.ts';
import type { Limits } from '../platform/config.ts';
import type { Registry } from '../search/registry.ts';
import type { World } from '../search/match.ts';
import type { Change, Expect, Key, Store, Version } from '../store/port.ts';
import type { LocalTerminology } from '../terminology/types.ts';

export interface FhirRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the FHIR base as asked, without query: `Patient/1/_history`. */
  readonly path: string;
  readonly type?: string;
  readonly id?: string;
  readonly version?: string;
  /** `$everything` */
  readonly operation?: string;
  /** Compartment search: `Patient/1/Observation` has compartment Patient/1 and type Observation. */
  readonly compartment?: { readonly type: string; readonly id: string };
  /** Decoded pairs in the order sent; those of a POST _search body included. */
  readonly query: readonly (readonly [string, string])[];
  /** Lower-case names. Only what interactions need: if-match, if-none-match, if-modified-since, if-none-exist, prefer, content-type, accept, range. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** A FHIR resource, parsed. */
  readonly body?: Document;
  /** A JSON Patch or anything else that is JSON but no resource. */
  readonly json?: unknown;
  /** Binary's raw body, when the content type is not FHIR's. */
  readonly bytes?: AsyncIterable<Uint8Array>;
  /** Base of this server's addresses without a trailing slash: `https://host/fhir`. */
  readonly base: string;
  /** True inside a batch or transaction. */
  readonly nested?: boolean;
}

export interface FhirResponse {
  readonly status: number;
  /** JSON text of the resource to send: not parsed again unless `_summary`, `_elements` or `_pretty` wants it. */
  readonly text?: string;
  /** The server's own words about the request: neither `_summary` nor `_elements` shortens them. */
  readonly isWhole?: true;
  /** Raw bytes instead (Binary), with their own content type. */
  readonly bytes?: AsyncIterable<Uint8Array>;
  /** etag, last-modified, location, content-type, content-range … lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Warnings that go into the OperationOutcome of `Prefer: return=OperationOutcome`. */
  readonly issues?: readonly Issue[];
  /** The versions it shows or wrote, for the audit. Without it the audit looks for patients in the text. */
  readonly shown?: readonly Required<Key>[];
  /** What became of the entries of a batch or transaction, for the audit. */
  readonly parts?: Parts;
}

export interface Parts {
  readonly kind: 'batch' | 'transaction';
  readonly list: readonly Part[];
}

export interface Part {
  readonly request: Pick<FhirRequest, 'method' | 'path' | 'query'>;
  readonly status: number;
  readonly shown?: readonly Required<Key>[];
}

/** One interaction or operation. Throws `Problem`; whatever else it throws is a fault of ours. */
export type Handler = (
  request: FhirRequest,
  permit: Permit,
  context: Context,
) => Promise<FhirResponse>;

/** What `compose` hands to every interaction. */
export interface Context {
  readonly store: Store;
  readonly definitions: Definitions;
  readonly registry: Registry;
  readonly terminology: LocalTerminology;
  readonly validate: Validate;
  /** Gives a Patient its health ID and keeps it from being changed. Absent where none are given out. */
  readonly completePatient?: CompletePatient;
  readonly spellIdentifiers?: SpellIdentifiers;
  /** Files what names its patient by health ID. Absent where nothing is uploaded so. */
  readonly publish?: Publish | undefined;
  /** Takes note that others may have a time which somebody gave up. Absent where nobody waits. */
  readonly timeGivenUp?: () => void;
  readonly limits: Limits;
  /** Now, milliseconds since 1970; never backwards. */
  readonly now: () => number;
  /** A new logical id. */
  readonly newId: () => string;
  /** Signs and reads paging cursors, so that a client cannot make one up. */
  readonly cursors: Cursors;
  /** The guarded way back in, for the entries of a batch. */
  readonly dispatch: (request: FhirRequest, permit: Permit) => Promise<FhirResponse>;
  /** Takes note of a fault of ours that one entry of a batch met, when the others go on. */
  readonly report?: (fault: unknown) => void;
  /**
   * Waits until what was done before can be found as AuditEvents; `behind` when that would take long. Absent where nothing is
   * audited.
   */
  readonly settleAudit?: () => Promise<'complete' | 'behind'>;
  /** Absent where nobody counts: tests, and RATE_LIMIT=off. */
  readonly meter?: Meter;
  /** What apps read before they start: SMART's configuration document. */
  readonly smartConfiguration: object;
  /** Opens a launch of an app, for whoever plays the EHR. */
  readonly openLaunch: OpenLaunch;
  /** The CapabilityStatement, made by `compose` from the tables that route and search. */
  readonly capabilities: (base: string) => Resource;
}

/** Counts what a caller asks. Throws 429 when it is too much. */
export interface Meter {
  /** `entries` are what a transaction holds: those of a batch come one by one. */
  readonly spend: (caller: Caller, interaction: string, entries: number) => void;
  /** Before a search by identifier: throws when too many of this caller have found nothing. */
  readonly checkLookUp: (caller: Caller) => void;
  readonly missedLookUp: (caller: Caller) => void;
}

export interface Cursors {
  seal(position: unknown): string;
  /** undefined when it is not one of ours. */
  open(cursor: string): unknown;
}

/**
 * Every fault of the resource as issues with FHIRPath expressions, [] when there is none; only `error` and `fatal` stop a
 * write. `profiles` are canonicals to check besides the base definition. A write needs no warnings; `depth` full computes
 * them and checks the profiles in `meta.profile`.
 */
export type Validate = (
  document: Document,
  options?: { readonly profiles?: readonly string[]; readonly depth?: 'write' | 'full' },
) => Promise<readonly Issue[]>;

/** A valid Patient that the caller may write, on its way into the store. */
export interface PatientDraft {
  readonly id: string;
  readonly document: Document;
  /** The current version, a deletion included. */
  readonly previous?: Version | undefined;
  readonly at: number;
  /** What else the same commit writes, as it will be. */
  readonly beside?: World | undefined;
}

export interface CompletedPatient {
  readonly document: Document;
  /** What must hold besides when it is written. */
  readonly expect: readonly Expect[];
  /** What the same commit writes besides. */
  readonly also: readonly Extract<Change, { readonly kind: 'put' }>[];
}

/** undefined: it is written as it is. Throws 422 when the client sets or changes what is the server's. */
export type CompletePatient = (
  draft: PatientDraft,
  permit: Permit,
) => Promise<CompletedPatient | undefined>;

/** The answer to an upload by health ID, or undefined: the create or transaction is one as any other. */
export type Publish = (
  request: FhirRequest,
  permit: Permit,
  context: Context,
) => Promise<FhirResponse | undefined>;

/** The parameters of a search with health IDs as they are stored, and warnings about those that cannot be any. */
export type SpellIdentifiers = (query: FhirRequest['query']) => {
  readonly query: FhirRequest['query'];
  readonly issues: readonly Issue[];
};
