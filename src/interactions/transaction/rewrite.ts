// Rewrites the links of a resource: in references, in elements of the types that hold addresses, and in the narrative.
// https://hl7.org/fhir/R4/http.html#trules

import type { Definitions, Property, TypeDefinition } from '../../fhir/definitions/types.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import { rewriteNarrative } from './narrative.ts';

/** Each gives the new text, or undefined to leave the old. */
export interface Rewriting {
  readonly reference: (link: string) => string | undefined;
  readonly address: (link: string) => string | undefined;
  readonly canonical: (link: string) => string | undefined;
}

export type Rewrite = (resource: Resource, rewriting: Rewriting) => Resource;

/** A rewrite gives the very same resource when nothing in it changes; else a copy that shares what stays. */
export const createRewrite = (definitions: Definitions): Rewrite => {
  const stepsOf = createSteps(definitions);

  const rewriteMembers = (members: Members, type: TypeDefinition, by: Rewriting): Members => {
    const steps = stepsOf(type);
    let copy: Record<string, unknown> | undefined;
    for (const member in members) {
      const step = steps.get(member);
      if (step === undefined) continue;
      const before = members[member];
      if (step === 'unique') {
        const led = typeof before === 'string' ? by.address(before) : undefined;
        if (led !== undefined) copy = asUri(copy ?? members, member, led);
        continue;
      }
      const after = Array.isArray(before)
        ? rewriteList(before, step, by)
        : rewriteValue(before, step, by);
      if (after === before) continue;
      copy ??= { ...members };
      copy[member] = after;
    }
    return copy ?? members;
  };

  const rewriteList = (list: readonly unknown[], step: Step, by: Rewriting): readonly unknown[] => {
    let copy: unknown[] | undefined;
    for (let place = 0; place < list.length; place += 1) {
      const after = rewriteValue(list[place], step, by);
      if (after !== list[place]) (copy ??= [...list])[place] = after;
    }
    return copy ?? list;
  };

  const rewriteValue = (value: unknown, step: Step, by: Rewriting): unknown => {
    if (typeof value === 'string') {
      if (typeof step !== 'string') return value;
      return step === 'narrative'
        ? rewriteNarrative(value, by.address)
        : step === 'resource' || step === 'unique'
          ? value
          : (by[step](value) ?? value);
    }
    if (!isObject(value)) return value;
    if (step === 'resource') return rewrite(value as Resource, by);
    return typeof step === 'object' ? rewriteMembers(value, step, by) : value;
  };

  const rewrite: Rewrite = (resource, by) => {
    const type = definitions.types.get(resource.resourceType);
    // A Bundle inside the transaction is a closed whole (a document may be signed): its links are its own.
    if (!type || resource.resourceType === 'Bundle') return resource;
    return rewriteMembers(resource, type, by) as Resource;
  };
  return rewrite;
};

type Members = Readonly<Record<string, unknown>>;

/** What to do with a member: rewrite its text in some way, go into it as a type, or as whatever resource it is. */
type Step = keyof Rewriting | 'narrative' | 'resource' | 'unique' | TypeDefinition;

/**
 * An oid or uuid stands only where a uri may stand as well (`value[x]`), and the address of a resource is neither of the
 * two: `valueUuid` becomes `valueUri` in its place.
 */
const asUri = (members: Members, member: string, uri: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      if (name === member) return [name.replace(/(?:Uuid|Oid)$/, 'Uri'), uri];
      return [name === `_${member}` ? name.replace(/(?:Uuid|Oid)$/, 'Uri') : name, value];
    }),
  );

const createSteps = (
  definitions: Definitions,
): ((type: TypeDefinition) => ReadonlyMap<string, Step>) => {
  const known = new Map<TypeDefinition, ReadonlyMap<string, Step>>();
  const element = definitions.types.get('Element');
  return (type) => {
    const found = known.get(type);
    if (found) return found;
    const steps = new Map<string, Step>();
    for (const [member, property] of type.properties) {
      const step = stepOf(type, member, property, definitions);
      if (step !== undefined) steps.set(member, step);
      // The extensions of a primitive may hold links too.
      if (element && isPrimitive(property, definitions)) steps.set(`_${member}`, element);
    }
    known.set(type, steps);
    return steps;
  };
};

const stepOf = (
  type: TypeDefinition,
  member: string,
  property: Property,
  definitions: Definitions,
): Step | undefined => {
  const { code } = property.type;
  if (type.name === 'Reference' && member === 'reference') return 'reference';
  if (isName(type, member)) return undefined;
  switch (code) {
    case 'uri':
    case 'url':
      return 'address';
    case 'uuid':
    case 'oid':
      return 'unique';
    case 'canonical':
      return 'canonical';
    case 'xhtml':
      return 'narrative';
    case 'Resource':
      return 'resource';
    default:
      return isPrimitive(property, definitions) ? undefined : definitions.types.get(code);
  }
};

const isPrimitive = ({ type }: Property, definitions: Definitions): boolean =>
  definitions.types.get(type.code)?.kind === 'primitive';

/**
 * Uris that name a thing rather than lead to it: the name of an extension, of a code system, of a definition. An entry may
 * be known by the same text (an implementation guide sent as a transaction), and the name must stay.
 */
const isName = (type: TypeDefinition, member: string): boolean =>
  member === 'system' ||
  (member === 'url' && (type.kind === 'resource' || type.name === 'Extension')) ||
  (type.name === 'Reference' && member === 'type');
