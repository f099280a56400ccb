// The FHIR endpoint on plain node:http: target, route, guard, form, body, interaction, answer, in this order.
// https://hl7.org/fhir/R4/http.html

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../access/caller.ts';
import type { Permit } from '../access/permit.ts';
import type { Audit } from '../audit/open.ts';
import { Problem } from '../fhir/problem.ts';
import { partialType } from '../interactions/resumable/resume.ts';
import type { Context, FhirRequest, FhirResponse } from '../interactions/types.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Trusts } from '../platform/trust-proxy.ts';
import type { ReadBody } from './body.ts';
import { clientAddress, senderAddress } from './client-address.ts';
import type { Cors } from './cors.ts';
import { run } from './dispatch.ts';
import { errorResponse } from './errors.ts';
import type { Asked, Guard } from './guard.ts';
import type { Matcher } from './match.ts';
import { negotiate, standardType } from './negotiate.ts';
import { createTogether } from './leave-together.ts';
import { readPayload, type Payload } from './payload.ts';
import type { RateLimit } from './rate-limit.ts';
import { cannotRecord, queryText, recordAccess } from './record-access.ts';
import { requestIdOf } from './request-id.ts';
import { respond } from './respond.ts';
import { readTarget } from './target.ts';

export interface Endpoint {
  readonly context: Context;
  readonly match: Matcher;
  readonly guard: Guard;
  readonly readBody: ReadBody;
  /** Address of the FHIR base for clients, and its path on this server. */
  readonly base: string;
  readonly mount: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly isStopping: () => boolean;
  readonly cors: Cors;
  /** undefined when nobody counts. */
  readonly limit: RateLimit | undefined;
  readonly trusts: Trusts;
  /** Of every answer, besides the security headers. */
  readonly transport: Readonly<Record<string, string>>;
  readonly audit: Audit;
}

/** `url` is the request's own, because Express shortens the one in the request. Never rejects. */
export type Fhir = (req: IncomingMessage, res: ServerResponse, url: string) => Promise<void>;

/** What is known of a request so far: an error at any step is answered with as much of it as there is. */
interface Progress {
  interaction: string;
  contentType: string;
  isPretty: boolean;
  /** Of every answer, also of an error. */
  headers: Readonly<Record<string, string>> | undefined;
  caller: Caller | undefined;
  /** Below the FHIR base. */
  path: string;
  query: string;
  /** The guard let nobody in. Where it lets somebody in without a name there is nothing to protect, nor to record. */
  isRefused: boolean;
  /** Accesses cannot be recorded at the moment, so that this one was not begun. */
  isTurnedAway: boolean;
}

export const createFhir =
  (endpoint: Endpoint): Fhir =>
  async (req, res, url) => {
    const { log, metrics, isStopping, limit, trusts, transport } = endpoint;
    const started = performance.now();
    const requestId = requestIdOf(req.headers);
    const progress: Progress = {
      interaction: 'unknown',
      contentType: standardType,
      isPretty: false,
      headers: undefined,
      caller: undefined,
      path: '',
      query: '',
      isRefused: false,
      isTurnedAway: false,
    };
    const address = clientAddress(req, trusts);
    const answered = await answer({ req, res, url, address }, progress, endpoint).catch(
      (error: unknown) => (isGone(req) ? clientGone : errorResponse(error, requestId, log)),
    );
    const response = await recorded(answered, { req, requestId, progress }, endpoint);
    const { contentType, isPretty, interaction } = progress;
    const rates = limit?.headers(address, progress.caller);
    const headers = { ...transport, ...rates, ...progress.headers };
    const isHead = req.method === 'HEAD';
    const acceptEncoding = req.headers['accept-encoding'];
    const delivery = { requestId, contentType, isPretty, isHead, acceptEncoding, headers };
    await respond(res, response, { ...delivery, isLast: isStopping() }).catch((error: unknown) => {
      // Most often the client went away; what was begun cannot be taken back.
      log.debug({ err: error, requestId }, 'answer was cut off');
      res.destroy();
    });
    // What is left of a refused upload has to be taken off the line before the next request on it.
    if (!req.complete) req.resume();
    metrics.observe(interaction, response.status, (performance.now() - started) / 1000);
    log.debug({ requestId, interaction, method: req.method, status: response.status }, 'request');
  };

interface Answered {
  readonly req: IncomingMessage;
  readonly requestId: string;
  readonly progress: Progress;
}

const together = createTogether();

/** The answer, once the access is written down: the rows of a turn are one batch, so its answers leave together anyhow. */
const recorded = async (
  response: FhirResponse,
  { req, requestId, progress }: Answered,
  { audit, trusts, log }: Endpoint,
): Promise<FhirResponse> => {
  if (!progress.caller && !progress.isRefused) {
    await together();
    return response;
  }
  // Nothing was done, and a row for each that comes while nothing can be written would have to wait in memory.
  if (progress.isTurnedAway || (progress.isRefused && !audit.works()))
    return errorResponse(cannotRecord(), requestId, log);
  const address = senderAddress(req, trusts);
  const asked = { method: req.method ?? '', requestId, address };
  try {
    await recordAccess(audit, { ...progress, ...asked }, response);
    return response;
  } catch {
    return errorResponse(cannotRecord(), requestId, log);
  }
};

/** The client hung up in the middle of its request: nobody is there to be told, and nothing failed here. */
const isGone = (req: IncomingMessage): boolean => req.destroyed && !req.complete;
const clientGone: FhirResponse = { status: 499 };

interface Arrival {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly url: string;
  readonly address: string;
}

const answer = async (
  { req, res, url, address }: Arrival,
  progress: Progress,
  endpoint: Endpoint,
): Promise<FhirResponse> => {
  const { context, match, guard, readBody, base, mount, cors, limit } = endpoint;
  const { limits } = context;
  const { path, query } = readTarget(url, mount, limits.parameters);
  const elsewhere = cors.headers(req, path);
  if (elsewhere) progress.headers = await elsewhere;
  if (req.method === 'OPTIONS') return options(req, path, progress, endpoint);
  const method = req.method as FhirRequest['method'];
  progress.isPretty = valueOf(query, '_pretty') === 'true';
  const matched = match(method, path);
  progress.interaction = matched.interaction;
  progress.path = path;
  progress.query = rawQuery(url);
  limit?.enter(address, matched.interaction);
  const permit = await identify(guard, { headers: req.headers, method, path }, (status) => {
    progress.isRefused = true;
    if (status === 401) limit?.refused(address);
  });
  progress.caller = permit.caller;
  progress.isTurnedAway = permit.caller !== undefined && !endpoint.audit.works();
  if (progress.isTurnedAway) throw cannotRecord();
  // A Binary is given in its own type, whatever that is.
  if (matched.kind !== 'bytes')
    progress.contentType = negotiate(req.headers.accept, valueOf(query, '_format'));
  const hasBody = method !== 'GET' && method !== 'HEAD' && method !== 'DELETE';
  const payload: Payload = hasBody
    ? await readPayload({ req, res, query, kind: matched.kind }, readBody, limits)
    : { query };
  if (matched.kind === 'form') readForm(payload.query, req, progress);
  if (matched.kind === 'form') progress.query = queryText(payload.query);
  const headers = req.headers as FhirRequest['headers'];
  return run(matched, { method, path, headers, base, ...payload }, permit, context);
};

const identify = async (
  guard: Guard,
  asked: Asked,
  refused: (status: number) => void,
): Promise<Permit> => {
  try {
    return await guard(asked);
  } catch (error) {
    if (error instanceof Problem) refused(error.status);
    throw error;
  }
};

const rawQuery = (url: string): string => {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
};

/** A browser's question before its request, or anybody's what is possible here. Nobody has to sign in to ask. */
const options = (
  req: IncomingMessage,
  path: string,
  { headers = {} }: Progress,
  { cors, match }: Endpoint,
): FhirResponse => {
  const answered = cors.preflight(req, headers);
  if (answered) return answered;
  try {
    match('OPTIONS' as FhirRequest['method'], path);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 405) throw error;
    return { status: 204, headers: { ...error.headers, ...uploadsAt(path) } };
  }
  return { status: 204 };
};

/** Where an upload in several requests may begin, and how it goes on. */
const uploadsAt = (path: string): Readonly<Record<string, string>> =>
  path === 'Binary' ? { 'accept-patch': partialType } : {};

/** A search by form may say in the form how it wants its answer. */
const readForm = (query: FhirRequest['query'], req: IncomingMessage, progress: Progress): void => {
  progress.isPretty = valueOf(query, '_pretty') === 'true';
  progress.contentType = negotiate(req.headers.accept, valueOf(query, '_format'));
};

const valueOf = (query: FhirRequest['query'], name: string): string | undefined =>
  query.length === 0 ? undefined : query.find(([key]) => key === name)?.[1];
