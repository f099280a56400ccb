// History: the versions of one resource, of a type, or of everything, newest first.
// https://hl7.org/fhir/R4/http.html#history

import { restrict } from '../access/restrict.ts';
import { bundleText, type BundleEntry } from '../fhir/bundle.ts';
import { readDateRange } from '../fhir/date.ts';
import { invalid, notFound } from '../fhir/problem.ts';
import { everything } from '../search/plan.ts';
import type { HistoryWindow, Version } from '../store/port.ts';
import { shownText } from './binary-bytes.ts';
import { locate } from './locate.ts';
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
  const plan = restrict(everything, types, permit);
  const of = { ...(type === undefined ? {} : { type }), ...(id === undefined ? {} : { id }) };
  const { resources } = context.store;
  const [page, total] = await Promise.all([
    resources.versions(of, plan, { ...asked.window, ...place }),
    resources.countVersions(of, plan, asked.window),
  ]);
  const text = bundleText({
    type: 'history',
    id: context.newId(),
    lastUpdated: new Date(context.now()).toISOString(),
    total,
    links: pageLinks(context.cursors, list, page),
    entries: page.items.map((version) => entryOf(version, request.base)),
  });
  return { status: 200, text };
};

interface Asked {
  readonly window: HistoryWindow;
  readonly cursor: string | undefined;
  readonly applied: readonly (readonly [string, string])[];
}

const readParameters = (request: FhirRequest, { limits }: Context): Asked => {
  const handling = preferredHandling(request.headers['prefer']);
  const applied = request.query.filter(
    ([name]) => isKnown(name) && name !== '_cursor' && !ofTheAnswer.has(name),
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
  return {
    window: {
      size: readSize(given('_count'), limits.page),
      ...(since === undefined ? {} : { since: readTime('_since', since).low }),
      ...(at === undefined ? {} : { at: readTime('_at', at) }),
    },
    cursor: given('_cursor'),
    applied,
  };
};

const known: ReadonlySet<string> = new Set(['_since', '_at', '_count']);
const ofTheAnswer: ReadonlySet<string> = new Set(['_format', '_pretty', '_summary', '_elements']);
const isKnown = (name: string): boolean =>
  known.has(name) || ofTheAnswer.has(name) || name === '_cursor';

const standardSize = 20;

const readSize = (text: string | undefined, most: number): number => {
  if (text === undefined) return standardSize;
  if (!/^\d{1,9}$/.test(text))
    throw invalid(`_count must be a whole number, not '${text}'.`, '_count');
  return Math.min(Number(text), most);
};

const readTime = (name: string, text: string): { low: number; high: number } => {
  const range = readDateRange(text);
  if (!range)
    throw invalid(
      `${name} must be a date or a time such as 2024-05-01T10:00:00Z, not '${text}'.`,
      name,
    );
  return range;
};

const statusOf = ({ deleted, version }: Version): string =>
  deleted ? '204' : version === '1' ? '201' : '200';

const entryOf = (version: Version, base: string): BundleEntry => {
  const { type, id, method, deleted } = version;
  const url = method === 'POST' ? type : `${type}/${id}`;
  return {
    fullUrl: `${base}/${type}/${id}`,
    ...(deleted ? {} : { text: shownText(version) }),
    request: { method, url },
    response: {
      status: statusOf(version),
      etag: `W/"${version.version}"`,
      lastModified: new Date(version.at).toISOString(),
    },
  };
};
