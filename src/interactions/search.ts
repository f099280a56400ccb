// Search: the resources of a type, of several, or of a compartment that meet the parameters, a page at a time.
// https://hl7.org/fhir/R4/http.html#search

import type { Permit } from '../access/permit.ts';
import { restrict } from '../access/restrict.ts';
import { bundleText, type BundleEntry } from '../fhir/bundle.ts';
import { outcomeOf } from '../fhir/outcome.ts';
import type { Issue } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { followIncludes, type Reach } from '../search/include.ts';
import { planSearch, type Search } from '../search/plan-search.ts';
import { and, type Plan } from '../search/plan.ts';
import type { Window } from '../search/window.ts';
import type { Page, Version } from '../store/port.ts';
import { shownText } from './binary-bytes.ts';
import { explainSearch } from './explain.ts';
import { locateVersion } from './locate.ts';
import { openCursor, pageLinks, type List } from './paging.ts';
import { preferredHandling } from './prefer.ts';
import type { Context, FhirRequest, Handler } from './types.ts';

export const search: Handler = async (request, permit, context) => {
  const { definitions } = context;
  const spelt = context.spellIdentifiers?.(request.query) ?? { query: request.query, issues: [] };
  const types = request.type === undefined ? definitions.resourceTypes : [request.type];
  const found = await planSearch(
    {
      types,
      ...(request.compartment ? { compartment: request.compartment } : {}),
      query: spelt.query,
      base: request.base,
      handling: preferredHandling(request.headers['prefer']),
      limits: context.limits,
      now: context.now(),
    },
    context,
  );
  const plan = restrict(found.plan, found.types, permit);
  const list: List = { url: urlOf(request), parameters: found.applied };
  const place = openCursor(context.cursors, found.cursor, list);
  const window: Window = { sort: found.sort, size: found.size, ...place };
  if (found.explain) return explainSearch(plan, window, permit, context);

  const { page, total } = await pageAndTotal(found, { plan, window }, context);
  const included = await followIncludes(
    page.items,
    found.includes,
    reachFor(permit, context),
    context.limits,
  );
  const late = await tellLate(request, context);
  const text = bundleText({
    type: 'searchset',
    id: context.newId(),
    lastUpdated: new Date(context.now()).toISOString(),
    ...(total === undefined ? {} : { total }),
    links: pageLinks(context.cursors, list, page),
    entries: [
      ...page.items.map((version) => entryOf(version, 'match', request.base)),
      ...included.map((version) => entryOf(version, 'include', request.base)),
      ...outcomeEntry([...spelt.issues, ...found.issues, ...late]),
    ],
  });
  return { status: 200, text, shown: [...page.items, ...included] };
};

/** Accesses become AuditEvents in the background; when those of a moment ago are missing, it is said. */
const tellLate = async (
  { type }: FhirRequest,
  { settleAudit }: Context,
): Promise<readonly Issue[]> => {
  if (type !== 'AuditEvent' || !settleAudit || (await settleAudit()) === 'complete') return [];
  const diagnostics =
    'The server is busy: the latest accesses are recorded, but not yet found here. Search again in a minute.';
  return [{ severity: 'warning', code: 'incomplete', diagnostics }];
};

/** Address of the list: a search by POST pages on by GET. */
const urlOf = ({ base, type, compartment }: FhirRequest): string => {
  if (compartment) return `${base}/${compartment.type}/${compartment.id}/${type ?? '*'}`;
  return type === undefined ? base : `${base}/${type}`;
};

interface Asked {
  readonly plan: Plan;
  readonly window: Window;
}

const pageAndTotal = async (
  { summary, size, total: kind }: Search,
  { plan, window }: Asked,
  { store: { resources } }: Context,
): Promise<{ readonly page: Page<Version>; readonly total: number | undefined }> => {
  // "If _count has the value 0, this shall be treated the same as _summary=count".
  const onlyCount = summary === 'count' || size === 0;
  const [page, total] = await Promise.all([
    onlyCount ? { items: [] } : resources.search(plan, window),
    onlyCount || kind !== 'none' ? resources.count(plan) : undefined,
  ]);
  return { page, total: total ?? wholeOf(page) };
};

/** The only page there is tells how many there are, and it costs nothing to say so. */
const wholeOf = ({ items, next, previous }: Page<Version>): number | undefined =>
  next || previous ? undefined : items.length;

/** Includes see what the caller may see, and no more than one page may hold. */
const reachFor = (permit: Permit, { store, registry }: Context): Reach<Version> => ({
  search: async (types, plan, size) => {
    const asked = and({ op: 'type', types }, plan);
    const within = restrict(asked, types, permit);
    return (await store.resources.search(within, { sort: [], size })).items;
  },
  read: async (versions) => {
    const found = await Promise.all(
      versions.map((key) => locateVersion(key, permit, { store, registry })),
    );
    return found.filter((version) => version !== undefined).filter(({ deleted }) => !deleted);
  },
  namesVersions: ({ text }) => text.includes('/_history/'),
  entriesOf: ({ text }) => registry.extract(JSON.parse(text) as Resource),
});

const entryOf = (version: Version, mode: 'match' | 'include', base: string): BundleEntry => ({
  fullUrl: `${base}/${version.type}/${version.id}`,
  text: shownText(version),
  search: { mode },
});

const outcomeEntry = (issues: readonly Issue[]): readonly BundleEntry[] =>
  issues.length === 0
    ? []
    : [{ text: JSON.stringify(outcomeOf(issues)), search: { mode: 'outcome' } }];
