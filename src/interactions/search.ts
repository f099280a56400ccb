// Search: the resources of a type, of several, or of a compartment that meet the parameters, a page at a time.
// https://hl7.org/fhir/R4/http.html#search

import type { Permit } from '../access/permit.ts';
import { restrict } from '../access/restrict.ts';
import { bundleText, type BundleEntry } from '../fhir/bundle.ts';
import { outcomeOf } from '../fhir/outcome.ts';
import { planSearch, type Search } from '../search/plan-search.ts';
import type { Plan } from '../search/plan.ts';
import type { Window } from '../search/window.ts';
import type { Page, Version } from '../store/port.ts';
import { shownText } from './binary-bytes.ts';
import { explainSearch } from './explain.ts';
import { includedWith } from './included.ts';
import { openCursor, pageLinks, type List } from './paging.ts';
import { preferredHandling } from './prefer.ts';
import type { Context, FhirRequest, Handler } from './types.ts';

export const search: Handler = async (request, permit, context) => {
  const { definitions, limits } = context;
  const types = request.type === undefined ? definitions.resourceTypes : [request.type];
  const found = await planSearch(
    {
      types,
      ...(request.compartment ? { compartment: request.compartment } : {}),
      query: request.query,
      base: request.base,
      handling: preferredHandling(request.headers['prefer']),
      limits,
      now: context.now(),
    },
    context,
  );
  const plan = restrict(found.plan, found.types, permit, definitions);
  const list: List = { url: urlOf(request), parameters: found.applied };
  const place = openCursor(context.cursors, found.cursor, list);
  const window: Window = { sort: found.sort, size: found.size, ...place };
  if (found.explain) return explainSearch(plan, window, context);

  const onlyCount = found.summary === 'count' || found.size === 0;
  const [page, total] = await Promise.all([
    onlyCount ? nothingOf : context.store.resources.search(plan, window),
    onlyCount || found.total !== 'none' ? context.store.resources.count(plan) : undefined,
  ]);
  const entries = await entriesOf({ found, plan, page, request }, permit, context);
  const text = bundleText({
    type: 'searchset',
    id: context.newId(),
    lastUpdated: new Date(context.now()).toISOString(),
    ...(total === undefined ? {} : { total }),
    links: pageLinks(context.cursors, list, page),
    entries,
  });
  return { status: 200, text };
};

const nothingOf: Page<Version> = { items: [] };
