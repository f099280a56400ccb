// Displays of a concept: the one in the language asked for, and whether a display that was sent is one of them.
// https://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.concept.designation

import type { Concept } from '../terminology/types.ts';

/** The designation in that language (`de` takes `de-CH` too), otherwise the display. */
export const displayIn = (concept: Concept, language: string | undefined): string | undefined => {
  if (language === undefined) return concept.display;
  const wanted = language.toLowerCase();
  const found = concept.designation.find(({ language: own }) => {
    const has = typeof own === 'string' ? own.toLowerCase() : '';
    return has === wanted || has.startsWith(`${wanted}-`);
  });
  return typeof found?.['value'] === 'string' ? found['value'] : concept.display;
};

/** Compared without regard to case and blanks; undefined when the concept has no display to compare with. */
export const isDisplay = (concept: Concept, text: string): boolean | undefined => {
  const names = [concept.display, ...concept.designation.map(({ value }) => value)].filter(
    (name) => typeof name === 'string',
  );
  if (names.length === 0) return undefined;
  const plain = fold(text);
  return names.some((name) => fold(name) === plain);
};

const fold = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();
