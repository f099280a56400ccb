// plans: the few things that scheduling asks a store: which type, in which status, referring to what.

import type { Context } from '../interactions/types.ts';
import { and, type Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';

type Definitions = Pick<Context, 'definitions'>;

/** Resources of the type with one of the codes as their status. */
export const withStatus = (
  type: 'Appointment' | 'Slot',
  statuses: readonly string[],
  { definitions }: Definitions,
): Plan =>
  and(
    { op: 'type', types: [type] },
    {
      ...{ op: 'token', params: valueParams(type, 'status', definitions) },
      any: statuses.map((code) => ({ code })),
    },
  );

/** Resources that name one of the targets (`Slot/1`) where the search parameter looks. */
export const naming = (
  type: 'Appointment' | 'Schedule' | 'Slot',
  parameter: 'patient' | 'slot' | 'schedule' | 'actor',
  targets: readonly string[],
  { definitions }: Definitions,
): Plan => ({ op: 'reference', params: valueParams(type, parameter, definitions), targets });

export const keptBy = (custodian: string | undefined): Plan => ({
  ...{ op: 'custodian', organizations: custodian === undefined ? [] : [custodian] },
});

/** Slots that begin at that moment or later. */
export const from = (moment: number, { definitions }: Definitions): Plan => ({
  ...{ op: 'date', params: valueParams('Slot', 'start', definitions) },
  ...{ prefix: 'sa', low: moment, high: moment },
});
