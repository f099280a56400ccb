// answerer: who answers a request for access: the patient whose record it is in, or a proxy who may give access for them.

import type { Caller } from '../../access/caller.ts';
import type { Permit } from '../../access/permit.ts';
import { openHigh } from '../../fhir/date.ts';
import { businessRule, forbidden, notFound, notSupported } from '../../fhir/problem.ts';
import { locate } from '../../interactions/locate.ts';
import { checkScope } from '../../interactions/may.ts';
import { keyOf } from '../../interactions/parts.ts';
import type { Context, FhirRequest } from '../../interactions/types.ts';
import { proxyMayGiveUntil } from '../../sharing/proxy-may.ts';
import { readRequest, type WaitingRequest } from '../../sharing/find-request.ts';

export interface Answering {
  readonly caller: Caller;
  readonly request: WaitingRequest;
  /** Milliseconds since 1970: a proxy gives nothing for longer. */
  readonly until: number;
}

/** Throws 403 for staff, systems and apps that make no Consents, 404 for what is not a request to this patient, 422 for one that was answered or is over. */
export const findAnswering = async (
  request: FhirRequest,
  permit: Permit,
  context: Context,
): Promise<Answering> => {
  if (request.method !== 'POST') throw notSupported('A request is answered by POST.');
  const { caller } = permit;
  if (caller?.role !== 'patient' && caller?.role !== 'proxy')
    throw forbidden('Only the patient, or who stands for the patient, answers a request.');
  // By an app that may make Consents: to read the request is not enough.
  checkScope('create', 'Consent', permit, context);
  const { type, id } = keyOf(request);
  const version = await locate({ type, id }, permit, context);
  if (!version || version.deleted) throw notFound(type, id);
  const found = readRequest(version, context.now());
  if (typeof found === 'object')
    return { caller, request: found, until: await mayGiveUntil(caller, context) };
  if (found === 'no request') throw notFound(type, id);
  throw businessRule(
    found === 'answered'
      ? 'This request has been answered. To end what was given, set the Consent to inactive.'
      : 'The time to answer this request is over; it can be made again.',
    'Task.status',
  );
};

/** Throws 403 for a proxy whom the patient's Consent does not let give anything to others. */
const mayGiveUntil = async (caller: Caller, context: Context): Promise<number> => {
  if (caller.role === 'patient') return openHigh;
  const until = await proxyMayGiveUntil(caller, context);
  if (until !== undefined) return until;
  throw forbidden(
    "The patient's Consent for you does not include giving others access (action 'disclose').",
  );
};
