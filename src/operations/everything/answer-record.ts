// A record as a searchset: its focus first, when it has one, then its members page by page with what they refer to.
// https://hl7.org/fhir/R4/patient-operation-everything.html

import type { Permit } from '../../access/permit.ts';
import { restrict } from '../../access/restrict.ts';
import { bundleText, type BundleEntry } from '../../fhir/bundle.ts';
import { gone, notFound } from '../../fhir/problem.ts';
import { shownText } from '../../interactions/binary-bytes.ts';
import { locate } from '../../interactions/locate.ts';
import { openCursor, pageLinks, type List } from '../../interactions/paging.ts';
import { keyOf } from '../../interactions/parts.ts';
import type { Context, FhirRequest, FhirResponse } from '../../interactions/types.ts';
import { and, type Plan } from '../../search/plan.ts';
import type { Window } from '../../search/window.ts';
import type { Page, Version } from '../../store/port.ts';
import { addSupport } from './add-support.ts';
import { duringCare } from './during-care.ts';
import { readAsked, type Asked } from './read-asked.ts';

export interface RecordOf {
  /** What belongs to the record. */
  readonly members: Plan;
  /** Which resources of a type outside the record may be added when they are referred to; undefined: none. */
  readonly supports: (type: string) => Plan | undefined;
  /** Whether the operation has `start` and `end`. */
  readonly dates: 'taken' | 'refused';
}

/** Resources that are in the compartment (`Patient/1`). */
export const inCompartment = (compartment: string): Plan => ({
  op: 'reference',
  params: ['Resource._compartment'],
  targets: [compartment],
});

/** Resources that are in the compartment of any resource of the type, which is itself in its own. */
export const inCompartmentsOf = (type: string): Plan => ({
  op: 'to',
  params: ['Resource._compartment'],
  plan: { op: 'type', types: [type] },
});

/** The focus is the resource the address names, if it names one. Throws 404 or 410 when it is not there for this caller. */
export const answerRecord = async (
  request: FhirRequest,
  record: RecordOf,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const asked = readAsked(request, record.dates, context);
  const focus = request.id === undefined ? [] : [await readFocus(request, permit, context)];

  const list: List = { url: `${request.base}/${request.path}`, parameters: asked.applied };
  const place = openCursor(context.cursors, asked.cursor, list);
  const plan = and(record.members, ...asked.plans, duringCare(asked, context.registry));
  const within = restrict(plan, asked.types, permit);
  if (request.query.some(([name, value]) => name === '_summary' && value === 'count'))
    return answerCount(within, list, context);
  const page = await readMembers(
    within,
    { sort: [], size: asked.size, ...place },
    { asked, context },
  );
  // The focus leads the first page, also for who comes back to it, whatever page its own place would be on.
  const isFirst = page.previous === undefined;
  const members = page.items.filter(
    ({ type, id }) => !focus.some((each) => each.type === type && each.id === id),
  );
  const first = isFirst ? focus : [];
  const leading = first.filter((each) => isWanted(each, asked));
  const support = await addSupport(
    { members: [...first, ...members], known: [...leading, ...members], asked },
    { ...record, base: request.base },
    permit,
    context,
  );
  const entry = entryFor(request.base);
  const text = bundleText({
    type: 'searchset',
    id: context.newId(),
    lastUpdated: new Date(context.now()).toISOString(),
    links: pageLinks(context.cursors, list, page),
    entries: [
      ...[...leading, ...members].map((version) => entry(version, 'match')),
      ...support.map((version) => entry(version, 'include')),
    ],
  });
  return { status: 200, text, shown: [...leading, ...members, ...support] };
};

/** How many belong to the record, without what they refer to. https://hl7.org/fhir/R4/search.html#summary */
const answerCount = async (
  plan: Plan,
  list: List,
  { store, cursors, newId, now }: Context,
): Promise<FhirResponse> => {
  const parameters = [...list.parameters, ['_summary', 'count'] as const];
  const text = bundleText({
    ...{ type: 'searchset', id: newId(), lastUpdated: new Date(now()).toISOString() },
    total: await store.resources.count(plan),
    links: pageLinks(cursors, { ...list, parameters }, { items: [] }),
    entries: [],
  });
  return { status: 200, text, shown: [] };
};

const readFocus = async (
  request: FhirRequest,
  permit: Permit,
  context: Context,
): Promise<Version> => {
  const key = keyOf(request);
  const focus = await locate(key, permit, context);
  if (!focus) throw notFound(key.type, key.id);
  if (focus.deleted) throw gone(key.type, key.id);
  return focus;
};

const isWanted = (focus: Version, { types, since }: Asked): boolean =>
  types.includes(focus.type) && (since === undefined || focus.at >= since);

const entryFor =
  (base: string) =>
  (version: Version, mode: 'match' | 'include'): BundleEntry => ({
    fullUrl: `${base}/${version.type}/${version.id}`,
    text: shownText(version),
    search: { mode },
  });

interface Around {
  readonly asked: Asked;
  readonly context: Context;
}

/** "Unless the client requests otherwise, the server returns the entire result set in a single bundle", up to a limit. */
const readMembers = async (
  plan: Plan,
  window: Window,
  { asked, context }: Around,
): Promise<Page<Version>> => {
  const { store, limits } = context;
  const first = await store.resources.search(plan, window);
  if (asked.isPaged) return first;
  const items = [...first.items];
  let { next } = first;
  while (next && items.length < limits.entries) {
    const page = await store.resources.search(plan, {
      ...{ sort: window.sort, size: window.size, after: next },
    });
    items.push(...page.items);
    next = page.next;
  }
  return {
    items,
    ...(next ? { next } : {}),
    ...(first.previous ? { previous: first.previous } : {}),
  };
};
