// Subset: parts of a resource for `_summary` and `_elements`, tagged so that nobody takes them for the whole.
// https://hl7.org/fhir/R4/search.html#summary

import type { Definitions, ElementDefinition, TypeDefinition } from './definitions/types.ts';
import { isObject, type Coding, type Resource } from './resource.ts';

export const subsetted: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
};

export interface Choice {
  readonly summary?: 'true' | 'text' | 'data';
  readonly elements?: readonly string[];
}

/** Whether some resource type has an element of this name at its root; `Patient.name` and `name.family` name `name`. */
export const isElement = (text: string, definitions: Definitions): boolean =>
  elementNames(definitions).has(rootOf(text));

/** Of all resource types. */
export const elementNames = (definitions: Definitions): ReadonlySet<string> => {
  const known = named.get(definitions);
  if (known) return known;
  const types = definitions.resourceTypes.map((name) => definitions.types.get(name));
  const names = types.flatMap((type) =>
    [...(type?.properties ?? [])].flatMap(([name, { element }]) => [
      ...[name, element.name.replace('[x]', '')],
    ]),
  );
  const found: ReadonlySet<string> = new Set(['resourceType', ...names]);
  named.set(definitions, found);
  return found;
};

const named = new WeakMap<Definitions, ReadonlySet<string>>();

const rootOf = (text: string): string => text.replace(/^[A-Z]\w*\./, '').split('.')[0]!;

/** The chosen part of a resource; of a Bundle's resources when it is one. */
export const subset = (resource: Resource, choice: Choice, definitions: Definitions): Resource =>
  resource.resourceType === 'Bundle'
    ? subsetEntries(resource, choice, definitions)
    : subsetResource(resource, choice, definitions);

const subsetEntries = (bundle: Resource, choice: Choice, definitions: Definitions): Resource => {
  const entries = bundle['entry'];
  if (!Array.isArray(entries)) return bundle;
  const entry = entries.map((each: unknown) => {
    if (!isObject(each) || !isResource(each['resource'])) return each;
    // What the server itself has to say is not the client's to shorten.
    const isOutcome = each['resource'].resourceType === 'OperationOutcome';
    return isOutcome
      ? each
      : { ...each, resource: subsetResource(each['resource'], choice, definitions) };
  });
  return { ...bundle, entry };
};

const subsetResource = (resource: Resource, choice: Choice, definitions: Definitions): Resource => {
  const type = definitions.types.get(resource.resourceType);
  if (!type) return resource;
  const { resourceType, id, meta, ...rest } = resource;
  return {
    resourceType,
    ...(id === undefined ? {} : { id }),
    meta: { ...meta, tag: [...(meta?.tag ?? []), subsetted] },
    ...part(rest, { choice, type, definitions }),
  };
};

interface Cut {
  readonly choice: Choice;
  readonly type: TypeDefinition;
  readonly definitions: Definitions;
}

type Members = Readonly<Record<string, unknown>>;

const part = (members: Members, cut: Cut): Members => {
  const isChosen = chooser(cut);
  const kept = Object.entries(members).flatMap(([name, value]) => {
    // `_birthDate` stays where `birthDate` does.
    const plain = name.startsWith('_') ? name.slice(1) : name;
    const property = cut.type.properties.get(plain);
    if (!property) return [];
    if (!isMandatory(property.element) && !isChosen(plain, property.element)) return [];
    return [[name, inner(value, property.type.code, cut)] as const];
  });
  return Object.fromEntries(kept);
};

/** Only a summary looks inside elements, and only inside those the resource type itself defines. */
const inner = (value: unknown, typeName: string, cut: Cut): unknown => {
  const type = cut.definitions.types.get(typeName);
  if (cut.choice.summary !== 'true' || type?.kind !== 'backbone') return value;
  const one = (each: unknown): unknown => (isObject(each) ? part(each, { ...cut, type }) : each);
  return Array.isArray(value) ? value.map(one) : one(value);
};

const chooser = ({
  choice: { summary, elements },
  type,
}: Cut): ((name: string, element: ElementDefinition) => boolean) => {
  if (summary === 'text') return (name) => name === 'text';
  if (summary === 'data') return (name) => name !== 'text';
  if (summary === 'true') return (_, element) => element.isSummary;
  // `Patient.name` names the element of one type, `value` a choice whatever its type is.
  // The elements asked for are base elements; of `name.family` that is the whole name, which holds what was asked for.
  const asked = new Set(elements?.map((each) => each.replace(`${type.name}.`, '').split('.')[0]));
  return (name, element) => asked.has(name) || asked.has(element.name.replace('[x]', ''));
};

// A subset must still be a valid resource, and a modifier left out would change what the rest means.
const isMandatory = (element: ElementDefinition): boolean => element.min > 0 || element.isModifier;

const isResource = (value: unknown): value is Resource =>
  isObject(value) && typeof value['resourceType'] === 'string';
