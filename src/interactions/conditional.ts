// Conditions of a request: If-Match, If-None-Match, If-Modified-Since, and criteria that must find at most one resource.
// https://hl7.org/fhir/R4/http.html#concurrency

import type { Permit } from '../access/permit.ts';
import { restrict } from '../access/restrict.ts';
import { invalid, multipleMatches, preconditionFailed } from '../fhir/problem.ts';
import { planCriteria } from '../search/plan-criteria.ts';
import type { Plan } from '../search/plan.ts';
import type { Version } from '../store/port.ts';
import { checkMaySearch } from './may.ts';
import type { Context, FhirRequest } from './types.ts';

export interface Criteria {
  readonly type: string;
  /** `identifier=system|value&…` */
  readonly criteria: string;
  readonly base: string;
}

/**
 * The one resource the criteria find, if any, and the plan (within the caller's rights) to expect at the commit. Throws 412
 * when several match,
 * 403 when the caller may not search the type: what is not looked for would be created twice.
 */
export const findOne = async (
  { type, criteria, base }: Criteria,
  permit: Permit,
  context: Context,
): Promise<{ readonly plan: Plan; readonly match?: Version }> => {
  checkMaySearch(type, permit);
  const asked = await planCriteria(type, criteria, {
    ...context,
    base,
    now: context.now(),
  });
  const plan = restrict(asked, [type], permit);
  const { items } = await context.store.resources.search(plan, { sort: [], size: 2 });
  if (items.length > 1)
    throw multipleMatches(`The criteria match more than one ${type}; nothing was done.`);
  return items[0] ? { plan, match: items[0] } : { plan };
};

/** Throws 412 when If-Match is there and does not name the current version; undefined or deleted is no version. */
export const checkIfMatch = (
  header: string | undefined,
  { type, id }: { readonly type: string; readonly id: string },
  current: Version | undefined,
): void => {
  if (header === undefined) return;
  if (current && !current.deleted && namesVersion(header, current.version)) return;
  const now = current && !current.deleted ? `version ${current.version}` : 'not there';
  throw preconditionFailed(`If-Match is ${header}, but ${type}/${id} is ${now}.`);
};

/** Throws 412 when `If-None-Match: *` asks that the resource is not there yet and it is. */
export const checkIfNoneMatch = (
  header: string | undefined,
  { type, id }: { readonly type: string; readonly id: string },
  current: Version | undefined,
): void => {
  if (header === undefined || !current || current.deleted) return;
  if (header.trim() === '*' || namesVersion(header, current.version))
    throw preconditionFailed(`If-None-Match is ${header}, but ${type}/${id} is there.`);
};

/** Whether a conditional read may be answered 304: If-None-Match decides when it is there, else If-Modified-Since. */
export const isUnchanged = (headers: FhirRequest['headers'], version: Version): boolean => {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return tags.trim() === '*' || namesVersion(tags, version.version);
  const since = headers['if-modified-since'];
  if (since === undefined) return false;
  const time = Date.parse(since);
  // Last-Modified has whole seconds; a date that cannot be read is ignored (RFC 9110, 13.1.3).
  return !Number.isNaN(time) && Math.floor(version.at / 1000) * 1000 <= time;
};

/** What an ETag says, be it one of ours or not: `W/"3"`, and `"3"` or `3` as careless clients write it. */
export const readETag = (header: string): string => {
  const found = /^\s*(?:W\/)?(?:"([^\s"]*)"|([A-Za-z0-9.-]{1,64}))\s*$/.exec(header);
  if (!found) throw invalid(`'${header}' is not an ETag; write it as W/"1".`);
  return found[1] ?? found[2]!;
};

const namesVersion = (header: string, version: string): boolean =>
  header.trim() === '*' || membersOf(header).some((tag) => readETag(tag) === version);

/** A tag may have a comma between its quotes, and "a recipient MUST parse and ignore […] empty list elements" (RFC 9110). */
const membersOf = (header: string): readonly string[] =>
  (header.match(/(?:"[^"]*"|[^,"])+|"/g) ?? []).filter((member) => member.trim() !== '');
