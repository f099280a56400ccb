// Chosen: what somebody typed, with the code it means when it was found in a list; words alone are a concept, too.
// https://hl7.org/fhir/R4/datatypes.html#CodeableConcept

import type { CodeableConcept, Coding } from 'fhir/r4';

export interface Chosen {
  readonly text: string;
  readonly coding?: Coding | undefined;
}

export const nothingChosen: Chosen = { text: '' };

/** What was typed means the code whose name it is, in whatever letters. */
export const choose = (text: string, options: readonly Coding[]): Chosen => {
  const coding = options.find(({ display }) => bare(display ?? '') === bare(text));
  return coding === undefined ? { text } : { text, coding };
};

export const conceptOf = ({ text, coding }: Chosen, words = text): CodeableConcept => ({
  ...(coding === undefined ? {} : { coding: [coding] }),
  text: words.trim(),
});

const bare = (text: string): string => text.trim().toLowerCase();
