// reference: which resource, url or canonical an element points at.
// https://hl7.org/fhir/R4/search.html#reference

import type { Element } from '../../fhir/path/compile.ts';
import { invalid } from '../../fhir/problem.ts';
import { isId, readReference } from '../../fhir/reference.ts';
import { isObject } from '../../fhir/resource.ts';
import { unescape } from '../escape.ts';
import type { Entry, ReferenceEntry } from '../entry.ts';
import type { ReferenceLeaf } from '../plan.ts';
import { token } from './token.ts';
import type { Place, Question, Read, ValueType } from './types.ts';

const index = ({ value, type }: Element, place: Place): readonly Entry[] => {
  if (typeof value === 'string') return ofUrl(value, place);
  if (!isObject(value)) return [];
  if (type === 'Reference') return ofReference(value, place);
  // "Where one resource is directly nested within another": Bundle's composition and message.
  return typeof value['resourceType'] === 'string' && typeof value['id'] === 'string'
    ? [entry(`${value['resourceType']}/${value['id']}`, place)]
    : [];
};

const ofReference = (
  { reference, identifier }: Readonly<Record<string, unknown>>,
  place: Place,
): readonly Entry[] => {
  const targets = typeof reference === 'string' ? ofUrl(reference, place) : [];
  if (!isObject(identifier) || place.n !== 0) return targets;
  const under = { ...place, param: `${place.param}:identifier` };
  const tokens = token.index({ value: identifier, type: 'Identifier' }, under);
  return [...targets, ...tokens.filter(({ param }) => param === under.param)];
};

/** A versioned reference is also found without its version, a canonical by each part of its version under `:below`. */
const ofUrl = (url: string, place: Place): readonly ReferenceEntry[] => {
  if (url === '' || url.startsWith('#')) return [];
  const local = readReference(url, place.base);
  if (local !== undefined) {
    const target = `${local.type}/${local.id}`;
    const bare = entry(target, place);
    if (local.version === undefined) return [bare];
    return [bare, entry(`${target}/_history/${local.version}`, place)];
  }
  const bar = url.lastIndexOf('|');
  if (bar <= 0) return [entry(url, place)];
  const under = { ...place, param: `${place.param}:below` };
  return [
    entry(url, place),
    entry(url.slice(0, bar), place),
    ...partialVersions(url.slice(bar + 1)).map((part) =>
      entry(`${url.slice(0, bar)}|${part}`, under),
    ),
  ];
};

const entry = (target: string, { param, n }: Place): ReferenceEntry => ({
  kind: 'reference',
  param,
  n,
  target,
});

/** `1.0.2` is below `1` and `1.0`. No version has more parts than are looked at, so that the index of a long text ends. */
const partialVersions = (version: string): readonly string[] => {
  const parts = version.split('.', mostParts);
  return parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join('.'));
};
const mostParts = 8;

const literal: Read = (text, question): ReferenceLeaf => ({
  op: 'reference',
  params: question.params,
  targets: readTargets(unescape(text), question),
});

/** What a search value may stand for: a bare id is one of every type the parameter may point at. */
const readTargets = (text: string, question: Question): readonly string[] => {
  const local = readReference(text, question.base);
  if (local !== undefined) return [localTarget(text, local, question)];
  if (!isId(text)) return [text];
  const types = question.targets.length > 0 ? question.targets : question.resourceTypes;
  return [...types.map((type) => `${type}/${text}`), text];
};

const localTarget = (
  text: string,
  { type, id, version }: { readonly type: string; readonly id: string; readonly version?: string },
  { name, targets }: Question,
): string => {
  if (name.endsWith(`:${targets[0] ?? ''}`) && targets.length === 1 && targets[0] !== type)
    throw invalid(`'${text}' is no ${targets[0] ?? ''}, which '${name}' asks for.`);
  return version === undefined ? `${type}/${id}` : `${type}/${id}/_history/${version}`;
};

const identifier: Read = (text, question) =>
  token.readers['']!(text, {
    ...question,
    params: question.params.map((param) => `${param}:identifier`),
    elements: {},
  });

/** "The modifier :below is used with canonical references, to control whether the version is considered in the search." */
const below: Read = (text, { params, name }): ReferenceLeaf => {
  const url = unescape(text);
  if (!url.includes(':'))
    throw invalid(
      `'${name}' needs a canonical url, with or without |version; '${url}' is none. Hierarchies of references are not searched.`,
    );
  return {
    op: 'reference',
    params: url.includes('|') ? [...params, ...params.map((param) => `${param}:below`)] : params,
    targets: [url],
  };
};

export const reference: ValueType = {
  kind: 'reference',
  index,
  readers: { '': literal, identifier, below },
};
