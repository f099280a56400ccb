// build-registry: the search parameters of every type with the extraction of their values, compiled at first use of a type.
// https://hl7.org/fhir/R4/searchparameter-registry.html

import { membershipsOf } from '../fhir/compartment.ts';
import type { Definitions, SearchParameter } from '../fhir/definitions/types.ts';
import { compilePath, type Element } from '../fhir/path/compile.ts';
import { rootElement } from '../fhir/path/element.ts';
import type { Resource } from '../fhir/resource.ts';
import { compileAttachments } from './attachments.ts';
import { compositeShape } from './composite.ts';
import type { Entry } from './entry.ts';
import type { Registry } from './registry.ts';
import { valueParams } from './value-params.ts';
import { valueTypes } from './values/index.ts';
import type { Place } from './values/types.ts';

/** Its reference entries are the compartments a resource is in (`Patient/1`). */
export const compartmentParam = 'Resource._compartment';

/** `base` is the address of this server's FHIR API without a trailing slash: absolute references below it are local. */
export const buildRegistry = (definitions: Definitions, base: string): Registry => {
  const parameters = remember((type) => searchable(type, definitions));
  const extractors = remember((type) => compileType(type, parameters(type), definitions, base));
  return {
    parameters,
    parameter: (type, code) => parameters(type).get(code),
    extract: (resource) => extractors(resource.resourceType)(resource),
  };
};

type Extract = (resource: Resource) => readonly Entry[];
type ExtractPart = (resource: readonly Element[]) => readonly Entry[];

const remember = <T>(make: (type: string) => T): ((type: string) => T) => {
  const made = new Map<string, T>();
  return (type) => {
    const known = made.get(type);
    if (known !== undefined) return known;
    const fresh = make(type);
    made.set(type, fresh);
    return fresh;
  };
};

/** Special parameters and those without an expression are not searched by, so nobody is told that they are. */
const searchable = (type: string, definitions: Definitions): ReadonlyMap<string, SearchParameter> =>
  new Map(
    [...definitions.searchParameters(type)]
      .filter(([, { type: kind, expression }]) => kind !== 'special' && expression !== '')
      .filter(
        ([, parameter]) =>
          parameter.type !== 'composite' ||
          compositeShape(parameter, type, definitions) !== undefined,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const compileType = (
  type: string,
  parameters: ReadonlyMap<string, SearchParameter>,
  definitions: Definitions,
  base: string,
): Extract => {
  const parts = [...parameters.values()].flatMap((parameter) =>
    compileParameter(parameter, type, definitions, base),
  );
  const compartmentsOf = compileCompartments(type, definitions);
  const attachmentsOf = compileAttachments(type, definitions, base);
  return (resource) => {
    const root = [rootElement(resource)];
    const entries: Entry[] = [];
    for (const part of parts) for (const entry of part(root)) entries.push(entry);
    const attachments = attachmentsOf(resource, entries);
    for (const entry of compartmentsOf(resource, entries)) entries.push(entry);
    for (const entry of attachments) entries.push(entry);
    return entries;
  };
};

/** The id and the time of the last update are the store's own: it keeps no entries for them. */
const keptByStore = new Set(['_id', '_lastUpdated']);

const compileParameter = (
  parameter: SearchParameter,
  type: string,
  definitions: Definitions,
  base: string,
): readonly ExtractPart[] => {
  if (keptByStore.has(parameter.code) || parameter.type === 'special') return [];
  if (parameter.type === 'composite') return compileComposite(parameter, type, definitions, base);
  const param = `${type}.${parameter.code}`;
  if (!valueParams(type, parameter.code, definitions).includes(param)) return [];
  const find = compilePath(parameter.expression, definitions);
  const { index } = valueTypes[parameter.type];
  const place: Place = { param, n: 0, base };
  return [
    (root) => {
      const found = find(root, root[0]!);
      if (found.length === 0) return none;
      if (found.length === 1) return index(found[0]!, place);
      return found.flatMap((element) => index(element, place));
    },
  ];
};

const none: readonly Entry[] = [];

const compileComposite = (
  parameter: SearchParameter,
  type: string,
  definitions: Definitions,
  base: string,
): readonly ExtractPart[] => {
  const shape = compositeShape(parameter, type, definitions);
  if (shape === undefined) return [];
  return shape.alternatives.flatMap((alternative) => {
    if (alternative.kind === 'whole' || alternative.host !== parameter.code) return [];
    const find = compilePath(alternative.context, definitions);
    const parts = shape.parts.map((part, at) => ({
      find: compilePath(alternative.expressions[at]!, definitions),
      index: valueTypes[part.type as keyof typeof valueTypes].index,
      param: `${type}.${parameter.code}#${String(at)}`,
    }));
    return [
      (root: readonly Element[]) =>
        find(root, root[0]!).flatMap((element, at) => {
          const tuple = parts.map(({ find: findPart, index, param }) =>
            findPart([element], root[0]!)
              .flatMap((found) => index(found, { param, n: at + 1, base }))
              .filter((entry) => entry.param === param),
          );
          // A tuple that lacks a part can meet no search.
          return tuple.some((entries) => entries.length === 0) ? none : tuple.flat();
        }),
    ];
  });
};

/** The compartments the resource is in: its own, and those that its reference entries name. */
const compileCompartments = (
  type: string,
  definitions: Definitions,
): ((resource: Resource, entries: readonly Entry[]) => readonly Entry[]) => {
  const isCompartment = definitions.compartments.has(type);
  const namesByParam = new Map<string, readonly string[]>();
  for (const { compartment, code } of membershipsOf(definitions, type)) {
    for (const param of valueParams(type, code, definitions))
      namesByParam.set(param, [...(namesByParam.get(param) ?? []), `${compartment}/`]);
  }
  return ({ id }, entries) => {
    const targets = new Set<string>();
    if (isCompartment && id !== undefined) targets.add(`${type}/${id}`);
    for (const entry of entries) {
      if (entry.kind !== 'reference') continue;
      const names = namesByParam.get(entry.param);
      if (names?.some((name) => entry.target.startsWith(name)) !== true) continue;
      if (!entry.target.includes('/_history/')) targets.add(entry.target);
    }
    return [...targets].map((target) => ({
      kind: 'reference',
      param: compartmentParam,
      n: 0,
      target,
    }));
  };
};
