// Note: a visit as it is written down: why, what was measured, what was found, in words; and whether it is over.

import { nothingChosen, type Chosen } from '../writing/chosen.ts';
import { impossible, nothingMeasured, type Measured } from './vitals.ts';

export interface Note {
  /** A UUID: what was sent is known again by it. */
  readonly key: string;
  readonly place: 'hospital' | 'video';
  readonly reason: string;
  readonly measured: Measured;
  readonly problems: readonly Problem[];
  readonly text: string;
}

export interface Problem {
  readonly what: Chosen;
  readonly certainty: Certainty;
}

/** https://hl7.org/fhir/R4/valueset-condition-ver-status.html */
export const certainties = ['confirmed', 'provisional', 'differential'] as const;
export type Certainty = (typeof certainties)[number];

export const newProblem: Problem = { what: nothingChosen, certainty: 'confirmed' };

export const newNote = (key: string): Note => ({
  ...{ key, place: 'hospital', reason: '', measured: nothingMeasured, text: '' },
  problems: [newProblem],
});

/** Only those that were filled in. */
export const problemsIn = ({ problems }: Note): readonly Problem[] =>
  problems.filter(({ what }) => what.text.trim() !== '');

/** The ids of controls: a note says something, and nothing impossible. */
export const faultsOf = (note: Note): readonly string[] => [
  ...[...new Set(impossible(note.measured))].map((name) => `vital-${name}`),
  ...(note.text.trim() === '' ? ['note-text'] : []),
];
