// Row: one line of what a resource says, and how the kinds of lines are made.

import type { Annotation, CodeableConcept, Period, Reference } from 'fhir/r4';
import type { Words } from '../describe.ts';

export interface Row {
  /** A key of the texts `label.…` of the namespace `record`. */
  readonly label: string;
  readonly text?: string | undefined;
  readonly concepts?: readonly CodeableConcept[] | undefined;
  readonly references?: readonly Reference[] | undefined;
}

/** A line that says nothing is left out. */
export const saysSomething = ({ text, concepts = [], references = [] }: Row): boolean =>
  Boolean(text) || concepts.length > 0 || references.length > 0;

export const concepts = (
  label: string,
  found: CodeableConcept | readonly CodeableConcept[] | undefined,
): Row => ({ label, concepts: found === undefined ? [] : [found].flat() });

export const references = (label: string, found: readonly (Reference | undefined)[]): Row => ({
  label,
  references: found.filter((reference) => reference !== undefined),
});

export const notes = (found: readonly Annotation[] | undefined): Row => ({
  label: 'notes',
  text: found?.map(({ text }) => text).join('\n'),
});

export const status = (code: string | undefined, { t }: Words): Row => ({
  label: 'status',
  text: code === undefined ? undefined : t(`status.${code}`, { defaultValue: code }),
});

/** "from – to", or the one that is known; the day is said once. */
export const spanOf = (period: Period | undefined, { format }: Words): string => {
  const { start, end } = period ?? {};
  if (start === undefined || end === undefined) return format.dateTime(start ?? end);
  const isSameDay = format.date(start) === format.date(end) && end.includes('T');
  return `${format.dateTime(start)} – ${isSameDay ? format.time(end) : format.dateTime(end)}`;
};
