// The record of one compartment as a searchset: its focus first, then its members page by page with what they refer to.
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
  /** `Patient/1` */
  readonly compartment: string;
  /** Which resources of a type outside the compartment may be added when they are referred to; undefined: none. */
  readonly supports: (type: string) => Plan | undefined;
  /** Whether the operation has `start` and `end`. */
  readonly dates: 'taken' | 'refused';
}

/** Resources that are in the compartment. */
export const inCompartment = (compartment: string): Plan => ({
  op: 'reference',
  params: ['Resource._compartment'],
  targets: [compartment],
});

/** Throws 404 or 410 when the focus is not there for this caller. */
export const answerRecord = async (
  request: FhirRequest,
  record: RecordOf,
  permit: Permit,
  context: Context,
): Promise<FhirResponse> => {
  const key = keyOf(request);
  const asked = readAsked(request, record.dates, context);
  const focus = await locate(key, permit, context);
  if (!focus) throw notFound(key.type, key.id);
  if (focus.deleted) throw gone(key.type, key.id);

  const list: List = { url: `${request.base}/${request.path}`, parameters: asked.applied };
  const place = openCursor(context.cursors, asked.cursor, list);
  const isFirst = asked.cursor === undefined;
  const plan = and(
    inCompartment(record.compartment),
    ...asked.plans,
    duringCare(asked, context.registry),
  );
  const page = await readMembers(
    restrict(plan, asked.types, permit),
    { sort: [], size: asked.size, ...place },
    { asked, context },
  );
  // The focus leads the first page, whatever page its own place would be on.
  const members = page.items.filter(({ type, id }) => type !== key.type || id !== key.id);
  const leading = isFirst && isWanted(focus, asked) ? [focus] : [];
  const support = await addSupport(
    { members: isFirst ? [focus, ...members] : members, known: [...leading, ...members], asked },
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
  return { status: 200, text };
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
