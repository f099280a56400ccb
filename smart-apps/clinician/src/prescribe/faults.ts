// Faults: what is missing or cannot be in a medicine before it is prescribed. Each names its field and its text.

import { doseAt, dosesOf, nameOf, numberOf, parts, type Line } from './line.ts';

export interface Fault {
  readonly field: keyof Line;
  /** Below `faults` of the namespace `prescribe`. */
  readonly text: string;
}

export const leastReason = 3;

/** `mustOverride`: something warns, and the prescriber has to say why it is prescribed nevertheless. */
export const faultsOf = (line: Line, mustOverride: boolean): readonly Fault[] => [
  ...when(nameOf(line) === '' || line.medicine.text.trim() === '', 'medicine', 'medicine'),
  ...dosageFaults(line),
  ...when(
    line.duration.trim() !== '' && !isBetween(line.duration, 1, 366),
    ...(['duration', 'duration'] as const),
  ),
  ...when(!isWhole(line.repeats, 0, 12), 'repeats', 'repeats'),
  ...when(
    mustOverride && line.override.trim().length < leastReason,
    ...(['override', 'override'] as const),
  ),
];

const dosageFaults = (line: Line): readonly Fault[] => {
  if (line.rhythm === 'free')
    return when(line.instruction.trim() === '', 'instruction', 'instruction');
  if (line.rhythm === 'parts') return partFaults(line);
  return [
    ...when(!isBetween(line.dose, 0.01, mostDose(line)), 'dose', 'dose'),
    ...when(line.rhythm === 'hours' && !isBetween(line.hours, 1, 168), 'hours', 'hours'),
  ];
};

/** Vitamin D is given by 60,000 and penicillin by millions of units; 10,000 of anything else is a slip. */
const mostDose = ({ unit }: Line): number => (unit === 'unit' ? 5_000_000 : 10_000);

/** A part that is no number is never left out as if nothing were taken then. */
const partFaults = (line: Line): readonly Fault[] => {
  const wrong = parts.filter((part) => !(doseAt(line, part) <= mostDose(line)));
  if (wrong.length > 0) return wrong.map((field) => ({ field, text: 'part' }));
  return when(dosesOf(line).length === 0, 'morning', 'parts');
};

const when = (isWrong: boolean, field: keyof Line, text: string): readonly Fault[] =>
  isWrong ? [{ field, text }] : [];

const isBetween = (text: string, least: number, most: number): boolean => {
  const value = numberOf(text);
  return value >= least && value <= most;
};

const isWhole = (text: string, least: number, most: number): boolean =>
  isBetween(text, least, most) && Number.isInteger(numberOf(text));
