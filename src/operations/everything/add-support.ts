// The resources outside of a compartment that its members refer to: practitioners, organizations, medications, places.
// https://hl7.org/fhir/R4/patient-operation-everything.html

import type { Permit } from '../../access/permit.ts';
import { restrict } from '../../access/restrict.ts';
import { tooCostly } from '../../fhir/problem.ts';
import { readReference } from '../../fhir/reference.ts';
import { isObject } from '../../fhir/resource.ts';
import type { Context } from '../../interactions/types.ts';
import { and, type Plan } from '../../search/plan.ts';
import type { Version } from '../../store/port.ts';
import type { Asked } from './read-asked.ts';

interface Members {
  /** Whose references are followed. */
  readonly members: readonly Version[];
  /** What is in the Bundle already. */
  readonly known: readonly Version[];
  readonly asked: Asked;
}

interface Reach {
  readonly supports: (type: string) => Plan | undefined;
  readonly base: string;
}

/** In the order found, each once. What they refer to in turn is added as well: a role's practitioner, a ward's hospital. */
export const addSupport = async (
  { members, known, asked }: Members,
  reach: Reach,
  permit: Permit,
  context: Context,
): Promise<readonly Version[]> => {
  const seen = new Set(known.map(({ type, id }) => `${type}/${id}`));
  const added: Version[] = [];
  let frontier = members;
  while (frontier.length > 0) {
    const links = frontier.flatMap(({ text }) => referencesOf(text, reach.base));
    const fresh = links.filter(({ type, id }) => {
      const isNew = !seen.has(`${type}/${id}`);
      seen.add(`${type}/${id}`);
      return isNew;
    });
    const found = await Promise.all(
      [...Map.groupBy(fresh, ({ type }) => type)].map(([type, some]) =>
        readSome({ type, ids: some.map(({ id }) => id) }, reach, permit, context),
      ),
    );
    frontier = found.flat();
    added.push(...frontier);
    if (added.length > context.limits.entries)
      throw tooCostly(
        `The record refers to more than ${String(context.limits.entries)} resources (LIMIT_ENTRIES); ask page by page with _count.`,
      );
  }
  return added.filter(
    ({ type, at }) =>
      asked.types.includes(type) && (asked.since === undefined || at >= asked.since),
  );
};

interface Some {
  readonly type: string;
  readonly ids: readonly string[];
}

const readSome = async (
  { type, ids }: Some,
  { supports }: Reach,
  permit: Permit,
  { store, definitions }: Context,
): Promise<readonly Version[]> => {
  const limit = definitions.resourceTypes.includes(type) ? supports(type) : undefined;
  if (!limit) return [];
  const found: Version[] = [];
  for (let start = 0; start < ids.length; start += slice) {
    const some = ids.slice(start, start + slice);
    const plan = and({ op: 'type', types: [type] }, { op: 'id', ids: some }, limit);
    const { items } = await store.resources.search(restrict(plan, [type], permit), {
      ...{ sort: [], size: slice },
    });
    found.push(...items);
  }
  return found;
};

const slice = 500;

/** Literal references to this server, and the Binaries that attachments point at. */
const referencesOf = (
  text: string,
  base: string,
): readonly { readonly type: string; readonly id: string }[] => {
  const found: { readonly type: string; readonly id: string }[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    if (!isObject(value)) return;
    for (const name in value) {
      const member = value[name];
      if (typeof member === 'object') look(member);
      else if (typeof member === 'string' && (name === 'reference' || name === 'url')) {
        const link = readReference(member, base);
        if (link && (name === 'reference' || link.type === 'Binary')) found.push(link);
      }
    }
  };
  look(JSON.parse(text));
  return found;
};
