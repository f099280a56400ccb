// Row: one line of the journal. Short keys, because there is a line for every request; what they mean stands here alone.

import type { Caller } from '../access/caller.ts';

/** Who, as far as it is known. */
export interface Who {
  /** Client. */
  readonly c?: string;
  /** Account. */
  readonly u?: string;
  /** `Practitioner/1` */
  readonly f?: string;
  /** Name, where no resource has it. */
  readonly name?: string;
  /** Role. */
  readonly r?: string;
  /** Organization acted for. */
  readonly o?: string;
  /** Names the token without being usable: at most 32 characters of its hash. */
  readonly k?: string;
  /** Purposes of use. */
  readonly p?: readonly string[];
  /** Patients whose records were open to the user because of an emergency: `Patient/1`. */
  readonly b?: readonly string[];
}

/** An access to the FHIR API. */
export interface AccessRow {
  /** Interaction or operation, FHIR's own name. */
  readonly i: string;
  readonly m: string;
  /** Path below the base. */
  readonly p: string;
  /** Query as it was sent; of a search by form the form. */
  readonly q?: string;
  /** Status of the answer. */
  readonly s: number;
  /** X-Request-Id. */
  readonly r: string;
  /** Address it came from. */
  readonly a?: string;
  readonly w?: Who;
  /** What was shown or written: `Type/id/version`; without a version where the answer alone tells. */
  readonly e?: readonly string[];
  /** Entries of a batch or transaction. */
  readonly x?: { readonly kind: 'batch' | 'transaction'; readonly parts: readonly PartRow[] };
}

export type PartRow = Pick<AccessRow, 'm' | 'p' | 'q' | 's' | 'e'>;

/** Something outside the FHIR API: a sign-in, a token, administration. */
export interface ReportRow {
  /** A key of the table in `events/report-kinds`. */
  readonly k: string;
  readonly ok: boolean;
  readonly r?: string;
  readonly a?: string;
  readonly w?: Who;
  /** What it was about: `user/1`, `client/abc`. */
  readonly about?: string;
  /** The patient concerned: `Patient/1`. */
  readonly patient?: string;
  /** In words; never a secret. */
  readonly d?: string;
}

/** Where a row stands and when it was written. */
interface Numbered {
  /** From 1 within a chain. */
  readonly n: number;
  /** Milliseconds since 1970. */
  readonly t: number;
}

export type Row = (AccessRow & Numbered) | (ReportRow & Numbered);

export const isReport = (row: Row): row is ReportRow & Numbered => 'k' in row;

/** A row before it is written: who did it comes beside it. */
export type Draft = Omit<AccessRow, 'w'> | Omit<ReportRow, 'w'>;

/** The members of a row as JSON, without the brace they begin with. */
export const draftText = (draft: Draft, who: Who | undefined): string => {
  const text = JSON.stringify(draft).slice(1);
  return who === undefined ? text : `"w":${whoText(who)},${text}`;
};

const whoText = (who: Who): string => {
  const known = texts.get(who);
  if (known !== undefined) return known;
  const text = JSON.stringify(who);
  texts.set(who, text);
  return text;
};

const texts = new WeakMap<Who, string>();

/** A caller is the same object for every request of a token that is remembered, so its row is made once. */
export const whoOf = (caller: Caller): Who => {
  const known = made.get(caller);
  if (known) return known;
  const { client, user, fhirUser, role, organization, token, purposes, emergencies } = caller;
  const who: Who = {
    ...{ c: client, r: role, k: token.slice(-32) },
    ...(user === undefined ? {} : { u: user }),
    ...(fhirUser === undefined ? {} : { f: fhirUser }),
    ...(organization === undefined ? {} : { o: organization }),
    ...(purposes === undefined ? {} : { p: purposes }),
    ...(emergencies === undefined
      ? {}
      : { b: emergencies.map(({ patient }) => `Patient/${patient}`) }),
  };
  made.set(caller, who);
  return who;
};

const made = new WeakMap<Caller, Who>();
