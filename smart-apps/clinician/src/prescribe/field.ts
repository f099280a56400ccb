// Field: each control of a line by its name: what is in it, what is wrong with it, how it changes.

import type { Fault } from './faults.ts';
import type { Line } from './line.ts';

export interface Field {
  readonly id: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly change: (value: string) => void;
}

export type FieldOf = (name: keyof Line) => Field;

export interface FieldsProps {
  readonly place: number;
  readonly line: Line;
  readonly faults: readonly Fault[];
  readonly change: (line: Line) => void;
}

/** The id of a field's control. */
export const fieldId = (place: number, field: keyof Line): string =>
  `line-${String(place)}-${field}`;

export const fieldsOf =
  ({ place, line, faults, change }: FieldsProps, say: (text: string) => string): FieldOf =>
  (name) => {
    const fault = faults.find(({ field }) => field === name);
    const value = line[name];
    return {
      id: fieldId(place, name),
      value: typeof value === 'string' ? value : '',
      error: fault && say(fault.text),
      change: (next) => change({ ...line, [name]: next }),
    };
  };
