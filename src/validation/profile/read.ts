// Profile: a StructureDefinition read into a tree of elements; slices are left out and named.
// https://hl7.org/fhir/R4/profiling.html

import type { CanonicalResource, Constraint } from '../../fhir/definitions/types.ts';
import { isObject } from '../../fhir/resource.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Profile {
  readonly url: string;
  /** `Observation`, `Quantity`. */
  readonly type: string;
  /** The profile this one is derived from, when it must be checked too because there is no snapshot. */
  readonly base?: string;
  readonly root: ProfileNode;
  /** Paths of elements whose slices are not checked. */
  readonly sliced: readonly string[];
}

export interface ProfileNode {
  /** `value[x]`, `code`; the type's name at the root. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly types: readonly ProfileType[];
  readonly fixed?: unknown;
  readonly pattern?: unknown;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly valueSet?: string;
  readonly constraints: readonly Constraint[];
  readonly children: ReadonlyMap<string, ProfileNode>;
}

export interface ProfileType {
  readonly code: string;
  readonly profiles: readonly string[];
  readonly targetProfiles: readonly string[];
}

/** undefined when it is no StructureDefinition with elements. */
export const readProfile = (resource: CanonicalResource): Profile | undefined => {
  if (resource.resourceType !== 'StructureDefinition') return undefined;
  const snapshot = elementsOf(resource['snapshot']);
  const elements = snapshot.length > 0 ? snapshot : elementsOf(resource['differential']);
  const first = elements[0];
  if (!first) return undefined;
  const sliced = new Set<string>();
  const type = String(resource['type']);
  const root = openNode(pathOf(first).includes('.') ? { path: type } : first);
  const open = new Map([[root.name, root]]);
  let slice: string | undefined;
  for (const element of elements) {
    const path = pathOf(element);
    if (slice !== undefined && path.startsWith(`${slice}.`)) continue;
    slice = undefined;
    if (path === root.name) continue;
    if (typeof element['sliceName'] === 'string') {
      slice = path;
      if (!addTypeSlice(open, path, element)) sliced.add(path);
      continue;
    }
    addNode(open, path, element);
  }
  const base = resource['baseDefinition'];
  return {
    url: resource.url ?? '',
    type,
    ...(snapshot.length === 0 && typeof base === 'string' ? { base } : {}),
    root,
    sliced: [...sliced],
  };
};

interface OpenNode extends ProfileNode {
  readonly children: Map<string, OpenNode>;
}

const elementsOf = (view: unknown): readonly Json[] =>
  isObject(view) && Array.isArray(view['element']) ? view['element'].filter(isObject) : [];

const pathOf = (element: Json): string => String(element['path']);

/** A differential may name a child without its parent, which then says nothing. */
const addNode = (open: Map<string, OpenNode>, path: string, element: Json): OpenNode => {
  const node = openNode(element);
  const known = open.get(path);
  if (known) return known;
  open.set(path, node);
  const up = path.slice(0, path.lastIndexOf('.'));
  const parent = open.get(up) ?? addNode(open, up, { path: up });
  parent.children.set(node.name, node);
  return node;
};

/** `value[x]` sliced as `valueQuantity` speaks of that type alone, which needs no discriminator. */
const addTypeSlice = (open: Map<string, OpenNode>, path: string, element: Json): boolean => {
  const name = String(element['sliceName']);
  const base = path.slice(path.lastIndexOf('.') + 1).replace(/\[x\]$/, '');
  const types = typesOf(element);
  const code = types[0]?.code;
  if (!path.endsWith('[x]') || types.length !== 1 || code === undefined) return false;
  if (name !== base + code.charAt(0).toUpperCase() + code.slice(1)) return false;
  const parent = open.get(path.slice(0, path.lastIndexOf('.')));
  parent?.children.set(name, { ...openNode(element), name });
  return parent !== undefined;
};

const openNode = (element: Json): OpenNode => {
  const path = pathOf(element);
  const binding = isObject(element['binding']) ? element['binding'] : {};
  const isRequired = binding['strength'] === 'required' && typeof binding['valueSet'] === 'string';
  return {
    name: path.slice(path.lastIndexOf('.') + 1),
    min: typeof element['min'] === 'number' ? element['min'] : 0,
    max:
      typeof element['max'] === 'string' && element['max'] !== '*'
        ? Number(element['max'])
        : Infinity,
    types: typesOf(element),
    ...valueOf(element, 'fixed'),
    ...valueOf(element, 'pattern'),
    ...numberOf(element, 'maxLength'),
    ...numberOf(element, 'minValue'),
    ...numberOf(element, 'maxValue'),
    ...(isRequired ? { valueSet: String(binding['valueSet']) } : {}),
    constraints: constraintsOf(element),
    children: new Map(),
  };
};

const valueOf = (
  element: Json,
  kind: 'fixed' | 'pattern',
): { fixed?: unknown; pattern?: unknown } => {
  const key = Object.keys(element).find((name) => name.startsWith(kind));
  return key === undefined ? {} : { [kind]: element[key] };
};

const numberOf = (
  element: Json,
  kind: 'maxLength' | 'minValue' | 'maxValue',
): { [kind in 'maxLength' | 'minValue' | 'maxValue']?: number } => {
  const key = Object.keys(element).find((name) => name.startsWith(kind));
  const value = key === undefined ? undefined : element[key];
  return typeof value === 'number' ? { [kind]: value } : {};
};

const typesOf = (element: Json): readonly ProfileType[] =>
  (Array.isArray(element['type']) ? element['type'].filter(isObject) : []).map((type) => ({
    code: String(type['code']),
    profiles: texts(type['profile']),
    targetProfiles: texts(type['targetProfile']),
  }));

const texts = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];

const constraintsOf = (element: Json): readonly Constraint[] =>
  (Array.isArray(element['constraint']) ? element['constraint'].filter(isObject) : [])
    .filter(({ expression }) => typeof expression === 'string')
    .map(({ key, severity, human, expression }) => ({
      key: String(key),
      severity: severity === 'error' ? 'error' : 'warning',
      human: String(human),
      expression: String(expression),
    }));
