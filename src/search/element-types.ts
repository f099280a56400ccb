// element-types: what types of element a search parameter's expression leads to, as far as its text tells.
// https://hl7.org/fhir/R4/searchparameter.html

import { isObject } from '../fhir/resource.ts';
import type {
  Definitions,
  ElementDefinition,
  SearchParameter,
  TypeDefinition,
} from '../fhir/definitions/types.ts';
import type { TokenElements } from './values/types.ts';

/** What the token search needs to know of a parameter's elements; read once per parameter. */
export const tokenElements = (
  parameter: SearchParameter,
  definitions: Definitions,
): TokenElements => {
  const known = cache.get(parameter);
  if (known !== undefined) return known;
  const elements = readTokenElements(parameter, definitions);
  cache.set(parameter, elements);
  return elements;
};

const cache = new WeakMap<SearchParameter, TokenElements>();

const readTokenElements = (parameter: SearchParameter, definitions: Definitions): TokenElements => {
  const found = elementsOf(parameter.expression, definitions);
  if (found === undefined) return {};
  const caseless = found.some(({ type }) => type === 'string' || type === 'markdown');
  if (found.every(({ type }) => withoutSystem.has(type))) return { plain: true, caseless };
  if (!found.every(({ type }) => type === 'code' || type === 'boolean')) return { caseless };
  return {
    impliedSystems: [...new Set(found.flatMap((element) => systemsOf(element, definitions)))],
  };
};

const withoutSystem = new Set(['ContactPoint', 'uri', 'url', 'canonical', 'oid', 'uuid', 'id']);

interface Found {
  readonly type: string;
  readonly valueSet?: string;
}

/** undefined when some part of the expression is more than a path. */
const elementsOf = (expression: string, definitions: Definitions): readonly Found[] | undefined => {
  const parts = expression.split(' | ').map((part) => walk(part.trim(), definitions));
  return parts.includes(undefined) || expression === ''
    ? undefined
    : parts.flatMap((part) => part ?? []);
};

const path = /^[A-Z]\w*(?:\.\w+)+$/;
const narrowed = /^\(?([\w.]+)\)? ?(?: as (\w+)\)?|\.(?:as|ofType)\((\w+)\))$/;

const walk = (part: string, definitions: Definitions): readonly Found[] | undefined => {
  const plain = part.replace(/\.where\([^()]*\)/g, '').replace(/^\((.*)\)$/, '$1');
  if (/\.exists\(\)| != | = /.test(plain)) return [{ type: 'boolean' }];
  const [, stem, as, ofType] = narrowed.exec(plain) ?? narrowed.exec(part) ?? [];
  if (stem !== undefined) {
    const elements = path.test(stem) ? follow(stem.split('.'), definitions) : undefined;
    return elements?.filter(({ type }) => type === (as ?? ofType));
  }
  return path.test(plain) ? follow(plain.split('.'), definitions) : undefined;
};

const follow = (
  [root = '', ...names]: readonly string[],
  definitions: Definitions,
): readonly Found[] | undefined => {
  let types: readonly string[] = [root];
  let found: readonly Found[] = [];
  for (const name of names) {
    const elements = types.flatMap((type) => elementOf(definitions.types.get(type), name) ?? []);
    if (elements.length === 0) return undefined;
    found = elements.flatMap(foundTypes);
    types = found.map(({ type }) => type);
  }
  return found;
};

const elementOf = (type: TypeDefinition | undefined, name: string): ElementDefinition | undefined =>
  type?.elements.get(name) ?? type?.elements.get(`${name}[x]`);

const foundTypes = ({ types, binding }: ElementDefinition): readonly Found[] =>
  types.map(({ code }) =>
    binding === undefined ? { type: code } : { type: code, valueSet: binding.valueSet },
  );

/** "The system is defined in the value set"; "the implicit system for boolean values is http://hl7.org/fhir/special-values". */
const systemsOf = ({ type, valueSet }: Found, definitions: Definitions): readonly string[] => {
  if (type === 'boolean') return specialValues;
  return valueSet === undefined ? [] : systemsOfValueSet(valueSet, definitions, 3);
};

const specialValues = [
  'http://hl7.org/fhir/special-values',
  'http://terminology.hl7.org/CodeSystem/special-values',
];

const systemsOfValueSet = (
  url: string,
  definitions: Definitions,
  depth: number,
): readonly string[] => {
  const compose = definitions.canonical(url)?.['compose'];
  if (depth === 0 || !isObject(compose) || !Array.isArray(compose['include'])) return [];
  return (compose['include'] as readonly unknown[]).flatMap((include) => {
    if (!isObject(include)) return [];
    const nested = Array.isArray(include['valueSet']) ? (include['valueSet'] as string[]) : [];
    const own = typeof include['system'] === 'string' ? [include['system']] : [];
    return [...own, ...nested.flatMap((each) => systemsOfValueSet(each, definitions, depth - 1))];
  });
};
