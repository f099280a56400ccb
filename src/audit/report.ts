// Report: how everything outside the FHIR API tells the audit what it did: sign-in, tokens, clients, administration.

import type { ReportKind } from './events/report-kinds.ts';
import type { ReportRow, Who } from './row.ts';

export interface Reported {
  readonly kind: ReportKind;
  readonly client?: string;
  /** The account's id. */
  readonly user?: string;
  /** As it was typed, where no account was found or no resource has the name. */
  readonly name?: string;
  readonly fhirUser?: string;
  readonly role?: string;
  /** `Organization/1` */
  readonly organization?: string;
  readonly grant?: string;
  /** Logical id of the patient concerned. */
  readonly patient?: string;
  readonly scope?: string;
  readonly purposes?: readonly string[];
  /** Code of a refusal. */
  readonly error?: string;
  /** Network address of who asked. */
  readonly address?: string;
  readonly requestId?: string;
  /** What it was done to: `user/1`, `client/abc`. */
  readonly about?: string;
  /** In words. Never a password, a token, a code or the answer to a challenge. */
  readonly detail?: string;
}

/**
 * Resolves when the event is with the operating system: wait for it before the answer leaves. Rejects when it cannot be
 * written; who does not wait need not catch.
 */
export type Report = (event: Reported) => Promise<void>;

/** What the row says besides who. */
export const reportRow = (event: Reported): Omit<ReportRow, 'w'> => {
  const { kind, address, requestId, about, patient, error } = event;
  const words = [event.detail, error, event.scope, event.grant && `grant ${event.grant}`];
  const detail = words.filter((each) => each !== undefined && each !== '').join('; ');
  return {
    k: kind,
    ok: error === undefined && !kind.endsWith('-refused'),
    ...(requestId === undefined ? {} : { r: requestId }),
    ...(address === undefined ? {} : { a: address }),
    ...(about === undefined ? {} : { about }),
    ...(patient === undefined ? {} : { patient: `Patient/${patient}` }),
    ...(detail === '' ? {} : { d: detail.slice(0, 1000) }),
  };
};

export const whoIn = ({
  client,
  user,
  name,
  fhirUser,
  role,
  organization,
  purposes,
}: Reported): Who => ({
  ...(client === undefined ? {} : { c: client }),
  ...(user === undefined ? {} : { u: user }),
  ...(name === undefined ? {} : { name: name.slice(0, 200) }),
  ...(fhirUser === undefined ? {} : { f: fhirUser }),
  ...(role === undefined ? {} : { r: role }),
  ...(organization === undefined ? {} : { o: organization }),
  ...(purposes === undefined ? {} : { p: purposes }),
});
