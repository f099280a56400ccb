// The only write path: a draft becomes a finished version with its index values, validated and within the caller's rights.
// https://hl7.org/fhir/R4/http.html#create

import { unrestricted, type Permit, type WriteRight } from '../access/permit.ts';
import { attest } from '../audit/provenance.ts';
import { stringify } from '../fhir/json.ts';
import {
  forbidden,
  invalid,
  notFound,
  unprocessable,
  type Issue,
  type Problem,
} from '../fhir/problem.ts';
import type { Document, Resource } from '../fhir/resource.ts';
import type { World } from '../search/match.ts';
import type { Plan } from '../search/plan.ts';
import type { Change, Expect, Key, Version } from '../store/port.ts';
import { refuseForeignBytes } from './binary-bytes.ts';
import { leadReferences } from './lead-references.ts';
import { checkServersOwn } from './may.ts';
import { checkProxyConsent } from './proxy-consents.ts';
import { checkServersTask } from './servers-tasks.ts';
import { stamp } from './stamp.ts';
import type { Context } from './types.ts';

export interface Draft {
  readonly type: string;
  readonly id: string;
  readonly document: Document;
  readonly method: 'POST' | 'PUT' | 'PATCH';
  /** The current version, a deletion included; undefined when the id was never used. */
  readonly previous?: Version | undefined;
  /** What must hold besides: that the previous version is still the current one is always expected. */
  readonly expect?: readonly Expect[];
  /** Staged bytes this version refers to. */
  readonly adopts?: readonly string[];
  /** The time of the write when several share it (a transaction); otherwise it is now. */
  readonly at?: number;
  /** What else the same commit writes, as it will be. */
  readonly beside?: World;
}

export type Put = Extract<Change, { readonly kind: 'put' }>;

export interface Prepared {
  readonly version: Version;
  readonly change: Put;
  /** What the same commit must write besides. */
  readonly also: readonly Put[];
  /** Warnings and information of the validation. */
  readonly issues: readonly Issue[];
}

/**
 * Gives the change that writes the draft. Throws 400 when type or id do not fit, 404 or 403 when the permit does not cover
 * the old or the new version, 422 with every fault when the resource is not valid.
 */
export const prepare = async (
  draft: Draft,
  permit: Permit,
  context: Context,
): Promise<Prepared> => {
  const { type, id, previous, method, adopts = [] } = draft;
  checkType(draft.document.plain, type);
  const right = rightOf(previous);
  checkServersOwn(right, type, permit);
  if (previous) await checkReach(previous, right, permit, context);
  checkServersTask(draft.document.plain, previous, permit);
  checkProxyConsent(draft.document.plain, permit);

  const at = timeAfter(previous, draft.at ?? context.now());
  const number = nextVersion(previous);
  const sent = stamp(told(draft.document, permit), { id, version: number, at });
  if (type === 'Binary') refuseForeignBytes(sent.plain, previous, adopts);
  const issues = await context.validate(sent);
  if (issues.some(stopsWrite)) throw unprocessable(issues);
  const custodian = custodianOf(previous, permit);
  const { beside } = draft;
  const found = context.registry.extract(sent.plain, custodian);
  const stamped = await leadReferences({ document: sent, entries: found, beside }, permit, context);
  const values = stamped === sent ? found : context.registry.extract(stamped.plain, custodian);
  const writing = { entries: values, method, custodian, previous: previous?.text, beside };
  if (!(await permit.covers(stamped.plain, right, writing))) throw refused(type, id);

  const completed =
    type === 'Patient'
      ? await context.completePatient?.({ id, document: stamped, previous, at, beside }, permit)
      : undefined;
  const document = completed?.document ?? stamped;
  const entries =
    document === stamped ? values : context.registry.extract(document.plain, custodian);

  const version: Version = {
    ...{ type, id, version: number, at, deleted: false, method },
    ...(custodian === undefined ? {} : { custodian }),
    text: stringify(document.exact),
  };
  const change: Put = {
    kind: 'put',
    version,
    entries,
    expect: [
      expectCurrent({ type, id }, previous),
      ...(draft.expect ?? []),
      ...(completed?.expect ?? []),
    ],
    ...(adopts.length > 0 ? { adopts } : {}),
  };
  return { version, change, also: completed?.also ?? [], issues };
};

/** Who writes how something came to be is named there, whomever else it names. */
const told = (document: Document, { caller }: Permit): Document =>
  document.plain.resourceType === 'Provenance' && caller ? attest(document, caller) : document;

/** Gives the change that deletes a resource; `previous` is its current version, not a deletion. */
export const prepareDelete = async (
  previous: Version,
  permit: Permit,
  context: Context,
  options: { readonly expect?: readonly Expect[]; readonly at?: number } = {},
): Promise<{ readonly version: Version; readonly change: Put }> => {
  const { type, id } = previous;
  checkServersOwn('delete', type, permit);
  await checkReach(previous, 'delete', permit, context);
  checkServersTask(undefined, previous, permit);
  const custodian = custodianOf(previous, permit);
  const version: Version = {
    ...{ type, id, version: nextVersion(previous), deleted: true, method: 'DELETE', text: '' },
    at: timeAfter(previous, options.at ?? context.now()),
    ...(custodian === undefined ? {} : { custodian }),
  };
  const expect = [expectCurrent({ type, id }, previous), ...(options.expect ?? [])];
  return { version, change: { kind: 'put', version, entries: [], expect } };
};

const checkType = (resource: Resource, type: string): void => {
  if (resource.resourceType === type) return;
  throw invalid(
    `The body is of type '${resource.resourceType}' and the address of type '${type}'; they must be the same.`,
    resource.resourceType,
  );
};

/** Who changes what another keeps does not become its custodian; what nobody keeps has none by being changed. */
const custodianOf = (previous: Version | undefined, permit: Permit): string | undefined =>
  previous ? previous.custodian : permit.custodian;

/** What is deleted is created anew. */
export const rightOf = (previous: Version | undefined): WriteRight =>
  previous && !previous.deleted ? 'update' : 'create';

/** The version before must be one the caller may see (else it does not exist for them) and may write. */
export const checkReach = async (
  previous: Version,
  right: WriteRight,
  permit: Permit,
  context: Context,
): Promise<void> => {
  // Nothing to ask.
  if (permit === unrestricted) return;
  const { type, id } = previous;
  if (await isAmong(previous, permit.filter(type, right), context)) return;
  throw (await isAmong(previous, permit.filter(type, 'read'), context))
    ? refused(type, id)
    : notFound(type, id);
};

/** A deletion is among what its last version was among. */
const isAmong = async (
  { type, id }: Version,
  plan: Plan,
  { store }: Pick<Context, 'store'>,
): Promise<boolean> => {
  if (plan.op === 'everything') return true;
  const { items } = await store.resources.versions({ type, id }, plan, { size: 1 });
  return items.length > 0;
};

const refused = (type: string, id: string): Problem =>
  forbidden(`Writing ${type}/${id} is not allowed.`);

const stopsWrite = ({ severity }: Issue): boolean => severity === 'error' || severity === 'fatal';

const nextVersion = (previous: Version | undefined): string =>
  previous ? String(Number(previous.version) + 1) : '1';

// Versions of one resource have times that grow, also when several writes of a transaction share one.
const timeAfter = (previous: Version | undefined, at: number): number =>
  previous ? Math.max(at, previous.at + 1) : at;

const expectCurrent = (key: Key, previous: Version | undefined): Expect => ({
  op: 'version',
  key,
  version: previous?.version,
});
