// States: where a visit stands, in fewer words than R4 has, which tells apart what nobody does otherwise.
// https://hl7.org/fhir/R4/valueset-appointmentstatus.html

import type { Appointment } from 'fhir/r4';

type Status = Appointment['status'];

const statuses = {
  held: ['pending'],
  booked: ['booked'],
  arrived: ['arrived', 'checked-in'],
  done: ['fulfilled'],
  'no-show': ['noshow'],
  cancelled: ['cancelled'],
} as const satisfies Readonly<Record<string, readonly Status[]>>;

type Known = keyof typeof statuses;
export type VisitState = Known | 'other';

export const stateOf = ({ status }: Pick<Appointment, 'status'>): VisitState => {
  const states = Object.entries(statuses) as [Known, readonly Status[]][];
  return states.find(([, of]) => of.includes(status))?.[0] ?? 'other';
};

/** For a search by `status`: any of the states. */
export const statusesOf = (...states: readonly Known[]): string =>
  states.flatMap((state) => statuses[state]).join(',');
