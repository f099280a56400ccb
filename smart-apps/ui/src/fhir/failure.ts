// Failure: what went wrong with a request, in the words in which an app tells a person what to do.
// https://hl7.org/fhir/R4/operationoutcome.html

import type { OperationOutcome } from 'fhir/r4';

export type FailureKind =
  /** No answer: no network, or the server is away. */
  | 'network'
  /** 401: the session has ended. */
  | 'expired'
  /** 403: the role or the scope does not reach so far. */
  | 'refused'
  /** 404 and 410: not there, or not for this person. */
  | 'missing'
  /** 409 and 412: somebody else was first. */
  | 'conflict'
  /** 400 and 422: what was sent is not right. */
  | 'invalid'
  /** 429 and 503: later. */
  | 'busy'
  /** Everything else: a fault of the server. */
  | 'fault';

export class FhirFailure extends Error {
  readonly kind: FailureKind;
  readonly status: number;
  readonly outcome: OperationOutcome | undefined;

  constructor(kind: FailureKind, status: number, outcome?: OperationOutcome) {
    super(textOf(outcome) ?? `The server answered ${String(status)}.`);
    this.name = 'FhirFailure';
    this.kind = kind;
    this.status = status;
    this.outcome = outcome;
  }
}

export const failureOf = (status: number, body: unknown): FhirFailure =>
  new FhirFailure(kinds[status] ?? (status >= 500 ? 'fault' : 'invalid'), status, outcomeOf(body));

/** Of anything thrown. */
export const kindOf = (error: unknown): FailureKind =>
  error instanceof FhirFailure ? error.kind : 'fault';

const kinds: Readonly<Record<number, FailureKind>> = {
  ...{ 401: 'expired', 403: 'refused', 404: 'missing', 410: 'missing' },
  ...{ 409: 'conflict', 412: 'conflict', 429: 'busy', 503: 'busy' },
};

const outcomeOf = (body: unknown): OperationOutcome | undefined =>
  (body as { readonly resourceType?: string } | undefined)?.resourceType === 'OperationOutcome'
    ? (body as OperationOutcome)
    : undefined;

const textOf = (outcome: OperationOutcome | undefined): string | undefined =>
  outcome?.issue
    .map(({ diagnostics, details }) => details?.text ?? diagnostics)
    .filter((text) => text !== undefined)
    .join(' ') || undefined;
