// Problem: the one error class of the FHIR side, made through the short constructors below.
// https://hl7.org/fhir/R4/operationoutcome.html

export type Severity = 'fatal' | 'error' | 'warning' | 'information';

/** One OperationOutcome.issue. `code` is an IssueType, `expression` holds FHIRPaths of the elements concerned. */
export interface Issue {
  readonly severity: Severity;
  readonly code: string;
  readonly diagnostics: string;
  readonly expression?: readonly string[];
}

/** Thrown by interactions and everything above them; only `http/errors` and the batch turn it into an answer. */
export class Problem extends Error {
  readonly status: number;
  readonly issues: readonly Issue[];
  /** Extra headers of the answer, such as `Allow` or `Retry-After`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    issues: readonly Issue[],
    headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(issues.map((issue) => issue.diagnostics).join('; '), options);
    this.name = 'Problem';
    this.status = status;
    this.issues = issues;
    this.headers = headers;
  }
}

const problem =
  (status: number, code: string) =>
  (diagnostics: string, expression?: string): Problem =>
    new Problem(status, [
      { severity: 'error', code, diagnostics, ...(expression ? { expression: [expression] } : {}) },
    ]);

/** 400: the request itself is wrong (syntax, parameter, header). */
export const invalid = problem(400, 'invalid');
/** 400: the server knows what is meant and does not do it. */
export const notSupported = problem(400, 'not-supported');
/** 400: a named limit was passed. */
export const tooCostly = problem(400, 'too-costly');
/** 404 for a type the server does not know. */
export const unknownType = (type: string, near?: string): Problem => {
  const hint = near === undefined ? '' : ` Did you mean '${near}'?`;
  return problem(404, 'not-supported')(`'${type}' is not a FHIR R4 resource type.${hint}`);
};
/** 404 for an address or operation that the server does not have. */
export const noSuchAddress = problem(404, 'not-supported');
export const notFound = (type: string, id: string): Problem =>
  problem(404, 'not-found')(`${type}/${id} is not known.`);
export const gone = (type: string, id: string): Problem =>
  problem(410, 'deleted')(`${type}/${id} was deleted.`);
/** 403: the caller is known and may not do this. */
export const forbidden = problem(403, 'forbidden');
/** 405: the address exists, and this method on it does not. */
export const methodNotAllowed = (method: string, allow: readonly string[]): Problem => {
  const allowed = allow.join(', ');
  const diagnostics = `${method} is not possible on this address; possible: ${allowed}.`;
  return new Problem(405, [{ severity: 'error', code: 'not-supported', diagnostics }], {
    allow: allowed,
  });
};
/** 409: someone else changed it at the same time; nothing was written; trying again may work. */
export const conflict = problem(409, 'conflict');
/** 412: If-Match or a conditional request's criteria do not hold. */
export const preconditionFailed = problem(412, 'conflict');
/** 412: several resources match where one may. */
export const multipleMatches = problem(412, 'multiple-matches');
export const tooLarge = problem(413, 'too-long');
/** 416: the content is shorter than the range asked for. https://www.rfc-editor.org/rfc/rfc9110#status.416 */
export const rangeNotSatisfiable = (size: number): Problem => {
  const diagnostics = `The Range asked for is not within the ${String(size)} bytes there are.`;
  return new Problem(416, [{ severity: 'error', code: 'value', diagnostics }], {
    'content-range': `bytes */${String(size)}`,
  });
};
export const notAcceptable = problem(406, 'not-supported');
export const unsupportedMediaType = problem(415, 'not-supported');
/** 503: it may work in a moment. */
export const unavailable = (diagnostics: string): Problem =>
  new Problem(503, [{ severity: 'error', code: 'transient', diagnostics }], { 'retry-after': '2' });
/** 422: well-formed, but breaks the specification's or a profile's rules. */
export const unprocessable = (issues: readonly Issue[]): Problem => new Problem(422, issues);
export const businessRule = problem(422, 'business-rule');
/** 429: too much within a time; whoever waits so many seconds is served again. https://www.rfc-editor.org/rfc/rfc6585#section-4 */
export const throttled = (what: string, seconds: number): Problem => {
  const diagnostics = `${what} Try again in ${String(seconds)} s.`;
  return new Problem(429, [{ severity: 'error', code: 'throttled', diagnostics }], {
    'retry-after': String(seconds),
  });
};
