// Known: which ingredients and classes a medicine or an allergy means, by its codes and by the words in it.

import type { CodeableConcept } from 'fhir/r4';
import { classWords, ingredients, type DrugClass } from './ingredients.ts';

export interface Substance {
  readonly ingredients: ReadonlySet<string>;
  readonly classes: ReadonlySet<DrugClass>;
  /** Every word of it, in lower case. */
  readonly words: string;
}

const rxnorm = 'http://www.nlm.nih.gov/research/umls/rxnorm';

/** Of everything a record says of one thing: its code, and what caused a reaction. */
export const substanceOf = (concepts: readonly (CodeableConcept | undefined)[]): Substance => {
  const words = concepts.flatMap(wordsOf).join(' · ').toLowerCase();
  const codes = new Set(
    concepts.flatMap((concept) =>
      (concept?.coding ?? []).filter(({ system }) => system === rxnorm).map(({ code }) => code),
    ),
  );
  const found = ingredients.filter(
    ({ names, code }) => (code !== undefined && codes.has(code)) || names.some(isIn(words)),
  );
  const byWords = (Object.keys(classWords) as DrugClass[]).filter((name) =>
    classWords[name].test(words),
  );
  return {
    ingredients: new Set(found.map(({ names }) => names[0]!)),
    classes: new Set([...found.flatMap(({ drugClass }) => drugClass ?? []), ...byWords]),
    words,
  };
};

/** Whether a name stands in it as a word of its own. */
export const isIn =
  (words: string) =>
  (name: string): boolean =>
    new RegExp(`(^|[^\\p{L}])${escape(name)}($|[^\\p{L}])`, 'u').test(words);

const wordsOf = (concept: CodeableConcept | undefined): readonly string[] => [
  ...(concept?.text === undefined ? [] : [concept.text]),
  ...(concept?.coding ?? []).flatMap(({ display }) => display ?? []),
];

const escape = (text: string): string => text.replaceAll(/[.*+?^$()|[\]\\{}]/g, '\\$&');
