// find-referenced: what the records in a summary refer to and cannot be read without: who, with what, in which material.
// https://hl7.org/fhir/uv/ips/STU2/StructureDefinition-Bundle-uv-ips.html

import type { Permit } from '../../access/permit.ts';
import { restrict } from '../../access/restrict.ts';
import { compartmentParameters } from '../../fhir/compartment.ts';
import { readReference } from '../../fhir/reference.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import { parseDocument } from '../../fhir/json.ts';
import type { Context } from '../../interactions/types.ts';
import { and, everything } from '../../search/plan.ts';
import { inCompartment } from '../everything/answer-record.ts';
import type { Told, Whose } from './fill-sections.ts';

/** Taken along wherever they are named. Encounters, orders and the like stay behind: their addresses lead to this server. */
const followedTypes: ReadonlySet<string> = new Set([
  ...['Practitioner', 'PractitionerRole', 'Organization', 'RelatedPerson'],
  ...['Device', 'Medication', 'Specimen'],
]);
/** What is a part of a result is taken along with it. */
const followedElements: ReadonlySet<string> = new Set(['hasMember', 'result', 'imagingStudy']);

/** So many are taken along; the addresses of the others lead to this server. */
const most = 500;

/** In the order found, each once; also what those refer to in turn: a role's practitioner, a report's results' specimens. */
export const findReferenced = async (
  told: readonly Told[],
  whose: Whose,
  permit: Permit,
  context: Context,
): Promise<readonly Told[]> => {
  const seen = new Set(told.map(({ version }) => `${version.type}/${version.id}`));
  const found: Told[] = [];
  let frontier = told;
  while (frontier.length > 0 && found.length < most) {
    const named = new Set(frontier.flatMap(({ resource }) => followed(resource, whose.base)));
    const fresh = [...named].filter((name) => !seen.has(name)).slice(0, most - found.length);
    fresh.forEach((name) => seen.add(name));
    frontier = await readAll(fresh, whose, permit, context);
    found.push(...frontier);
  }
  return found;
};

/** `Type/id` of what is taken along. */
const followed = (resource: Resource, base: string): readonly string[] => {
  const names: string[] = [];
  const look = (value: unknown, element: string): void => {
    if (Array.isArray(value)) value.forEach((item) => look(item, element));
    if (!isObject(value)) return;
    const { reference } = value;
    const link = typeof reference === 'string' ? readReference(reference, base) : undefined;
    if (link && (followedTypes.has(link.type) || followedElements.has(element)))
      names.push(`${link.type}/${link.id}`);
    for (const name in value) look(value[name], name);
  };
  look(resource, '');
  return names;
};

const readAll = async (
  names: readonly string[],
  whose: Whose,
  permit: Permit,
  context: Context,
): Promise<readonly Told[]> => {
  const byType = Map.groupBy(names, (name) => name.slice(0, name.indexOf('/')));
  const found: Told[] = [];
  for (const [type, some] of byType) {
    if (!context.definitions.resourceTypes.includes(type)) continue;
    const ids = some.map((name) => name.slice(type.length + 1));
    found.push(...(await readOfType({ type, ids }, whose, permit, context)));
  }
  return found;
};

const readOfType = async (
  { type, ids }: { readonly type: string; readonly ids: readonly string[] },
  { patient }: Whose,
  permit: Permit,
  { store, definitions }: Context,
): Promise<readonly Told[]> => {
  // What can belong to a patient must belong to this one: a mistaken reference must not carry a stranger's record along.
  const isPersonal = compartmentParameters(definitions, 'Patient', type).length > 0;
  const limit = isPersonal ? inCompartment(`Patient/${patient}`) : everything;
  const plan = and({ op: 'type', types: [type] }, { op: 'id', ids }, limit);
  const within = restrict(plan, [type], permit, 'read');
  const { items } = await store.resources.search(within, { sort: [], size: ids.length });
  return items.map((version) => ({
    version,
    resource: parseDocument(version.text, Infinity).exact,
  }));
};
