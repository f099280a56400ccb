// Errors: anything thrown becomes an OperationOutcome; what is our fault is logged and told only by its request id.
// https://hl7.org/fhir/R4/http.html#2.21.0.4

import { invalid, Problem, tooLarge, unsupportedMediaType } from '../fhir/problem.ts';
import { outcomeOf } from '../fhir/outcome.ts';
import { asProblem } from '../interactions/failure.ts';
import type { FhirResponse } from '../interactions/types.ts';
import type { Log } from '../platform/log.ts';

/** Never throws. */
export const errorResponse = (error: unknown, requestId: string, log: Log): FhirResponse => {
  const problem = asProblem(error) ?? ofBodyReader(error) ?? ourFault(error, requestId, log);
  return {
    status: problem.status,
    text: JSON.stringify(outcomeOf(problem.issues)),
    headers: problem.headers,
  };
};

const ourFault = (error: unknown, requestId: string, log: Log): Problem => {
  log.error({ err: error, requestId }, 'fault');
  const diagnostics = `The server failed; its operator finds the reason under request ${requestId}.`;
  return new Problem(500, [{ severity: 'fatal', code: 'exception', diagnostics }]);
};

/** The errors of Express's body reader carry a status, and most of them a type. */
const ofBodyReader = (error: unknown): Problem | undefined => {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  switch ('type' in error ? error.type : '') {
    case 'entity.too.large':
      return tooLarge('The body is larger than LIMIT_BODY_BYTES allows.');
    case 'encoding.unsupported':
      return unsupportedMediaType('Content-Encoding must be gzip, deflate or br, or be left out.');
    default:
      return Number(error.status) < 500
        ? invalid(`The body could not be read: ${error.message}.`)
        : undefined;
  }
};
