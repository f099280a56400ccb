// string: texts, names and addresses, found by how they start.
// https://hl7.org/fhir/R4/search.html#string

import type { Element } from '../../fhir/path/compile.ts';
import { invalid } from '../../fhir/problem.ts';
import { isObject } from '../../fhir/resource.ts';
import { unescape } from '../escape.ts';
import type { StringEntry } from '../entry.ts';
import type { StringLeaf } from '../plan.ts';
import { fold } from './fold.ts';
import type { Place, Read, ValueType } from './types.ts';

const index = (element: Element, place: Place): readonly StringEntry[] => {
  if (typeof element.value === 'string')
    return place.param.endsWith('.family')
      ? entriesOfFamily(element.value, place)
      : entriesOf(element.value, place);
  const parts = partsOf[element.type];
  if (parts === undefined || !isObject(element.value)) return [];
  const value = element.value;
  return parts.flatMap((part) =>
    textsOf(value[part]).flatMap((text) =>
      part === 'family' ? entriesOfFamily(text, place) : entriesOf(text, place),
    ),
  );
};

/** "The search covers the elements of type string, and does not cover elements such as use and period." */
const partsOf: Readonly<Record<string, readonly string[]>> = {
  HumanName: ['family', 'given', 'prefix', 'suffix', 'text'],
  Address: ['text', 'line', 'city', 'district', 'state', 'postalCode', 'country'],
};

const textsOf = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.filter((text) => typeof text === 'string')
      : [];

/** The entry of one text; none for a text of blanks. */
export const entriesOf = (text: string, { param, n }: Place): readonly StringEntry[] => {
  const folded = fold(text);
  return folded === '' ? [] : [{ kind: 'string', param, n, folded, exact: text }];
};

/**
 * "For robust search, servers should search the parts of a family name independently": what follows each blank is an entry
 * of its own, under `:part`, so that :exact, :contains and _sort see the whole name only.
 */
const entriesOfFamily = (text: string, place: Place): readonly StringEntry[] => {
  if (!/\S[\s-]+\S/.test(text)) return entriesOf(text, place);
  const words = text.split(/[\s-]+/).filter((word) => word !== '');
  const part = { ...place, param: `${place.param}:part` };
  const tails = words.slice(1, mostParts).map((_, at) => words.slice(at + 1).join(' '));
  return [...entriesOf(text, place), ...tails.flatMap((tail) => entriesOf(tail, part))];
};

/** No name has more, and each part is kept with all that follows it: the index of a long text would have no end. */
const mostParts = 12;

const familyParts = (params: readonly string[]): readonly string[] =>
  params.filter((param) => ofPeople.test(param)).map((param) => `${param}:part`);

const ofPeople = /^(?:Patient|Practitioner|RelatedPerson|Person)\.(?:family|name|phonetic)$/;

const starts: Read = (text, { name, params }): StringLeaf => ({
  op: 'string',
  params: [...params, ...familyParts(params)],
  match: 'starts',
  text: readSought(text, name),
});

const contains: Read = (text, { name, params }): StringLeaf => ({
  op: 'string',
  params,
  match: 'contains',
  text: readSought(text, name),
});

/** Every text begins with nothing, so a text of blanks would find all, and a conditional delete the only one. */
export const readSought = (text: string, name: string): string => {
  const folded = fold(unescape(text));
  if (folded === '') throw invalid(`Parameter '${name}' has a value of blanks; give it letters.`);
  return folded;
};

const exact: Read = (text, { params }): StringLeaf => ({
  op: 'string',
  params,
  match: 'exact',
  text: unescape(text),
  folded: fold(unescape(text)),
});

export const string: ValueType = {
  kind: 'string',
  index,
  readers: { '': starts, exact, contains },
};
