// History: the versions of one resource, of a type, or of everything, newest first.
// https://hl7.org/fhir/R4/http.html#history

import { restrict } from '../access/restrict.ts';
import { bundleText, type BundleEntry } from '../fhir/bundle.ts';
import { mendZone, readDateRange } from '../fhir/date.ts';
import { invalid, notFound, tooCostly } from '../fhir/problem.ts';
import { answerParameters } from '../fhir/query.ts';
import { everything } from '../search/plan.ts';
import type { HistoryWindow, Key, Page, Version } from '../store/port.ts';
import { shownText } from './binary-bytes.ts';
import { countHistory, mostLookedAt } from './count-history.ts';
import { locate } from './locate.ts';
import { aboutSamePatients } from './same-patients.ts';
import { openCursor, pageLinks } from './paging.ts';
import { preferredHandling } from './prefer.ts';
import type { Context, FhirRequest, Handler } from './types.ts';

export const history: Handler = async (request, permit, context) => {
  const { type, id } = request;
  if (type !== undefined && id !== undefined && !(await locate({ type, id }, permit, context)))
    throw notFound(type, id);

  const asked = readParameters(request, context);
  const list = { url: `${request.base}/${request.path}`, parameters: asked.applied };
  const place = openCursor(context.cursors, asked.cursor, list);
  const types = type === undefined ? context.definitions.resourceTypes : [type];
  const plan = restrict(everything, types, permit, id === undefined ? 'search' : 'read');
  const of = { ...(type === undefined ? {} : { type }), ...(id === undefined ? {} : { id }) };
  const { resources } = context.store;
  const [page, counted] = await Promise.all([
    asked.isCount ? { items: [] } : resources.versions(of, plan, { ...asked.window, ...place }),
    asked.isCount || id !== undefined
      ? countHistory({ of, plan, types, window: asked.window }, permit, context)
      : undefined,
  ]);
  if (asked.isCount && counted === undefined)
    throw tooCostly(
      `More than ${String(mostLookedAt)} versions are not counted; ask for those '_since' a later time.`,
    );
  const items = await aboutSamePatients(page.items, permit, context);
  const total = counted ?? (isWhole(page) ? items.length : undefined);
  const revived = await revivedOf(items, context);
  const text = bundleText({
    type: 'history',
    id: context.newId(),
    lastUpdated: new Date(context.now()).toISOString(),
    ...(total === undefined ? {} : { total }),
    links: pageLinks(context.cursors, list, page),
    entries: items.map((version) => entryOf(version, { revived, base: request.base })),
  });
  return { status: 200, text, shown: items };
};

/**
 * Counting the history of a type or of everything would cost more than its page, and few look at the number: it is given
 * where it is known anyway, and to those who ask for nothing else. Of one resource it costs little.
 */
const isWhole = ({ next, previous }: Page<Version>): boolean =>
  next === undefined && previous === undefined;

interface Asked {
  readonly window: HistoryWindow;
  /** Only the number of versions is wanted: `_count=0` or `_summary=count`, as in a search. */
  readonly isCount: boolean;
  readonly cursor: string | undefined;
  readonly applied: readonly (readonly [string, string])[];
}

const readParameters = (request: FhirRequest, { limits }: Context): Asked => {
  const handling = preferredHandling(request.headers['prefer']);
  const applied = request.query.filter(
    ([name]) => isKnown(name) && name !== '_cursor' && !answerParameters.has(name),
  );
  const unknown = request.query.find(([name]) => !isKnown(name));
  if (unknown && handling === 'strict')
    throw invalid(
      `'${unknown[0]}' is not a parameter of history; these are: ${[...known].join(', ')}.`,
    );
  const given = (name: string): string | undefined =>
    request.query.find(([key, value]) => key === name && value !== '')?.[1];
  const since = given('_since');
  const at = given('_at');
  const size = readSize(given('_count'), limits.page);
  return {
    isCount: size === 0 || given('_summary') === 'count',
    window: {
      size,
      ...(since === undefined ? {} : { since: readTime('_since', since).low }),
      ...(at === undefined ? {} : { at: readTime('_at', at) }),
    },
    cursor: given('_cursor'),
    applied,
  };
};

const known: ReadonlySet<string> = new Set(['_since', '_at', '_count']);
const isKnown = (name: string): boolean =>
  known.has(name) || answerParameters.has(name) || name === '_cursor';

const standardSize = 20;

const readSize = (text: string | undefined, most: number): number => {
  if (text === undefined) return standardSize;
  if (!/^\d{1,9}$/.test(text))
    throw invalid(`_count must be a whole number, not '${text}'.`, '_count');
  return Math.min(Number(text), most);
};

const readTime = (name: string, text: string): { low: number; high: number } => {
  const range = readDateRange(mendZone(text));
  if (!range)
    throw invalid(
      `${name} must be a date or a time such as 2024-05-01T10:00:00Z, not '${text}'.`,
      name,
    );
  return range;
};

const nameOf = ({ type, id, version }: Required<Key>): string => `${type}/${id}/${version}`;

/** Names of the versions that brought a deleted resource back: their update was a create. */
const revivedOf = async (
  versions: readonly Version[],
  { store }: Context,
): Promise<ReadonlySet<string>> => {
  const known = new Map(versions.map((version) => [nameOf(version), version]));
  const updates = versions.filter(({ deleted, version }) => !deleted && version !== '1');
  const missing = updates.map(keyBefore).filter((key) => !known.has(nameOf(key)));
  const read = missing.length > 0 ? await store.resources.read(missing) : [];
  for (const version of read) if (version) known.set(nameOf(version), version);
  return new Set(
    updates.filter((each) => known.get(nameOf(keyBefore(each)))?.deleted === true).map(nameOf),
  );
};

const keyBefore = ({ type, id, version }: Version): Required<Key> => ({
  ...{ type, id },
  version: String(Number(version) - 1),
});

interface Surroundings {
  readonly revived: ReadonlySet<string>;
  readonly base: string;
}

const entryOf = (version: Version, { revived, base }: Surroundings): BundleEntry => {
  const { type, id, method, deleted } = version;
  const url = method === 'POST' ? type : `${type}/${id}`;
  const created = version.version === '1' || revived.has(nameOf(version));
  return {
    fullUrl: `${base}/${type}/${id}`,
    ...(deleted ? {} : { text: shownText(version) }),
    request: { method, url },
    response: {
      status: deleted ? '204' : created ? '201' : '200',
      etag: `W/"${version.version}"`,
      lastModified: new Date(version.at).toISOString(),
    },
  };
};
