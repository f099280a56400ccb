// A server's inside around any store, asked as any caller: what a guarded request meets once its token was read.

import { createAuthorize, type Authorize } from '#src/access/authorize.ts';
import type { Caller } from '#src/access/caller.ts';
import { unrestricted, type Permit } from '#src/access/permit.ts';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';
import { documentOf } from '#src/fhir/json.ts';
import { Problem } from '#src/fhir/problem.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { createCompletePatient } from '#src/health-id/complete-patient.ts';
import { createIssue } from '#src/health-id/issue.ts';
import { createResolve } from '#src/health-id/resolve.ts';
import { createSpellIdentifiers } from '#src/health-id/spell-identifiers.ts';
import { createDispatch } from '#src/http/dispatch.ts';
import { createMatcher } from '#src/http/match.ts';
import { routes } from '#src/http/routes.ts';
import { createCanonicalFinder } from '#src/interactions/find-canonical.ts';
import type { Context, FhirRequest, Meter } from '#src/interactions/types.ts';
import { healthIdOperations } from '#src/operations/health-id.ts';
import { operations } from '#src/operations/registry.ts';
import type { Operation } from '#src/operations/types.ts';
import { uploadOperations } from '#src/operations/uploads.ts';
import { createClock } from '#src/platform/clock.ts';
import { readConfig } from '#src/platform/config.ts';
import { newId } from '#src/platform/ids.ts';
import { createSealer } from '#src/platform/seal.ts';
import { createRegistry } from '#src/registry.ts';
import { withAvailability } from '#src/scheduling/with-availability.ts';
import { createSharing } from '#src/sharing/create-sharing.ts';
import { createEmergencies } from '#src/sharing/emergencies.ts';
import { createNotifyPatient } from '#src/sharing/notify-patient.ts';
import { createLater } from '#src/sharing/publish/later.ts';
import { createPublish } from '#src/sharing/publish/publish.ts';
import type { Refiling } from '#src/sharing/publish/refile.ts';
import type { Scan } from '#src/sharing/publish/scan.ts';
import { watchNumbers } from '#src/sharing/publish/watch-numbers.ts';
import type { Store } from '#src/store/port.ts';
import { buildTerminology } from '#src/terminology/build.ts';
import { buildValidation } from '#src/validation/build.ts';

export const base = 'http://host.example/fhir';

export interface Answered {
  readonly status: number;
  /** The words of an OperationOutcome, or of the resource. */
  readonly text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into it, and chai says what is missing
  readonly json: any;
  /** `Type/id` of the entries of a Bundle that are no outcome. */
  readonly keys: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

export type Send = (
  method: FhirRequest['method'],
  address: string,
  more?: { readonly body?: object; readonly headers?: FhirRequest['headers'] },
) => Promise<Answered>;

export interface Inside {
  readonly context: Context;
  readonly authorize: Authorize;
  as(caller: Caller): Send;
  /** The server itself, on behalf of an organization if one is named. */
  by(custodian?: string): Send;
  under(permit: Permit): Send;
  /** Waits for what was begun by a write and goes on after it. */
  settled(): Promise<void>;
}

const definitions = loadDefinitions();
const registry = createRegistry(definitions, base);

export interface InsideOptions {
  readonly enrolOnCreate?: boolean;
  /** Besides those every server has. */
  readonly operations?: readonly Operation[];
  readonly scan?: Scan;
  readonly meter?: Meter;
  /** Whether what waits for a Patient is tried again when one is written. */
  readonly later?: boolean;
}

export const openInside = (opened: Store, options: InsideOptions = {}): Inside => {
  const { enrolOnCreate = false, operations: more = [], scan, meter } = options;
  const { limits } = readConfig({});
  const system = 'https://meridian.example/uhid';
  const publishing = {
    ...{ system, scan },
    resolve: createResolve({ ...opened, definitions, system }),
    notify: createNotifyPatient({ context: () => context, sendToPatient: () => undefined }),
  };
  const refiling: Refiling = { ...publishing, authorize: (caller) => authorize(caller) };
  const faults: unknown[] = [];
  const later = createLater({
    ...{ refiling, context: () => context },
    failed: (error) => faults.push(error),
  });
  const written = (numbers: readonly string[]): void => {
    later.note(numbers);
  };
  const watching = { definitions, system, written };
  const store = options.later
    ? { ...opened, resources: watchNumbers(opened.resources, watching) }
    : opened;
  const finder = createCanonicalFinder({ resources: store.resources, definitions, registry });
  const terminology = buildTerminology(finder.find);
  const validate = withAvailability(
    buildValidation({ definitions, terminology, find: finder.find }),
  );
  const now = createClock();
  const issue = createIssue(store.records);
  const enrolling = { store, registry, newId, issue, system };
  const allOperations = [
    ...operations,
    ...healthIdOperations(enrolling),
    ...uploadOperations(refiling),
    ...more,
  ];
  const match = createMatcher({ routes, operations: allOperations, definitions });
  const context: Context = {
    ...{ store, definitions, registry, terminology, validate, limits, newId, now },
    ...(meter ? { meter } : {}),
    completePatient: createCompletePatient(enrolling, enrolOnCreate),
    publish: createPublish(publishing),
    spellIdentifiers: createSpellIdentifiers(enrolling.system),
    cursors: createSealer(Buffer.alloc(32, 1)),
    dispatch: createDispatch(match, () => context),
    capabilities: () => ({ resourceType: 'CapabilityStatement' }),
    smartConfiguration: {},
    openLaunch: () => Promise.resolve(undefined),
  };
  const authorize = createAuthorize({
    ...{ resources: store.resources, registry, terminology, definitions, base, limits, now },
    sharing: createSharing({
      ...{ resources: store.resources, definitions, base, now },
      emergencies: createEmergencies({ records: store.records, now }).find,
    }),
  });
  const under =
    (permit: Permit): Send =>
    (method, address, more) =>
      send({ method, address, ...more }, permit, context);
  return {
    context,
    authorize,
    under,
    settled: async () => {
      await later.settled();
      if (faults.length > 0) throw faults[0];
    },
    as: (caller) => async (method, address, more) =>
      send({ method, address, ...more }, await authorize(caller), context),
    by: (custodian) =>
      under(custodian === undefined ? unrestricted : { ...unrestricted, custodian }),
  };
};

interface Sent {
  readonly method: FhirRequest['method'];
  readonly address: string;
  readonly body?: object;
  readonly headers?: FhirRequest['headers'];
}

const send = async (
  { method, address, body, headers = {} }: Sent,
  permit: Permit,
  context: Context,
): Promise<Answered> => {
  const mark = address.indexOf('?');
  const path = mark < 0 ? address : address.slice(0, mark);
  const query = mark < 0 ? [] : [...new URLSearchParams(address.slice(mark + 1))];
  const request: FhirRequest = {
    ...{ method, path, query, headers, base },
    ...(body ? { body: documentOf(body as Resource) } : {}),
  };
  try {
    const { status, text = '', headers: answered = {} } = await context.dispatch(request, permit);
    return answerOf(status, text, answered);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return answerOf(error.status, JSON.stringify({ issue: error.issues }), error.headers);
  }
};

const answerOf = (status: number, text: string, headers: Answered['headers']): Answered => {
  const json = text === '' ? undefined : (JSON.parse(text) as unknown);
  const { entry = [] } = (json ?? {}) as { entry?: { resource?: Resource }[] };
  const keys = entry.flatMap(({ resource }) =>
    resource && resource.resourceType !== 'OperationOutcome'
      ? [`${resource.resourceType}/${resource.id ?? ''}`]
      : [],
  );
  return { status, text, json, keys, headers };
};
