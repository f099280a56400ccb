// What the caller of $everything asked for: period of care, changes since, types, page size.
// https://hl7.org/fhir/R4/patient-operation-everything.html

import { mendZone, readDateRange } from '../../fhir/date.ts';
import { nearest } from '../../fhir/nearest.ts';
import { invalid } from '../../fhir/problem.ts';
import type { Context, FhirRequest } from '../../interactions/types.ts';
import type { Plan } from '../../search/plan.ts';
import { readInputs, readNumber, readText, readTexts, type InputParameter } from '../parameters.ts';

export interface Asked {
  readonly start?: number;
  readonly end?: number;
  readonly since?: number;
  /** All types when none were named. */
  readonly types: readonly string[];
  /** What `_type` and `_since` ask of each resource. */
  readonly plans: readonly Plan[];
  readonly size: number;
  /** `_count` was given. */
  readonly isPaged: boolean;
  readonly cursor?: string;
  /** The parameters of the self link. */
  readonly applied: readonly (readonly [string, string])[];
}

const common: readonly InputParameter[] = [
  { name: '_since', type: 'instant' },
  { name: '_type', type: 'code', repeats: true },
  { name: '_count', type: 'integer' },
  { name: '_cursor', type: 'string' },
];
const dated: readonly InputParameter[] = [
  { name: 'start', type: 'date' },
  { name: 'end', type: 'date' },
  ...common,
];

/** Without `_count` the store is asked for so many at a time. */
const slice = 500;

export const readAsked = (
  request: FhirRequest,
  dates: 'taken' | 'refused',
  { definitions, limits }: Pick<Context, 'definitions' | 'limits'>,
): Asked => {
  const inputs = readInputs(request, dates === 'taken' ? dated : common);
  const time = (name: string): { low: number; high: number } | undefined => {
    const text = readText(inputs, name);
    if (text === undefined) return undefined;
    const range = readDateRange(mendZone(text));
    if (!range) throw invalid(`'${name}' must be a date such as 2024-05-01, not '${text}'.`, name);
    return range;
  };
  const [start, end, since] = [time('start')?.low, time('end')?.high, time('_since')?.low];
  const named = readTexts(inputs, '_type').flatMap((text) => text.split(','));
  const types = named.map((type) => readType(type.trim(), definitions.resourceTypes));
  const count = readNumber(inputs, '_count');
  if (count !== undefined && count < 1) throw invalid("'_count' must be 1 or more.", '_count');
  const cursor = readText(inputs, '_cursor');
  return {
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(since === undefined ? {} : { since }),
    types: types.length > 0 ? types : definitions.resourceTypes,
    plans: [
      ...(types.length > 0 ? [{ op: 'type', types } as const] : []),
      ...(since === undefined ? [] : [updatedSince(since)]),
    ],
    size: count === undefined ? slice : Math.min(count, limits.page),
    isPaged: count !== undefined,
    ...(cursor === undefined ? {} : { cursor }),
    applied: [
      ...(['start', 'end', '_since'] as const).flatMap((name) => {
        const text = readText(inputs, name);
        return text === undefined ? [] : [[name, text] as const];
      }),
      ...(types.length > 0 ? [['_type', types.join(',')] as const] : []),
      ...(count === undefined ? [] : [['_count', String(count)] as const]),
    ],
  };
};

const readType = (text: string, known: readonly string[]): string => {
  if (known.includes(text)) return text;
  const near = nearest(text, known);
  const hint = near === undefined ? '' : ` Did you mean '${near}'?`;
  throw invalid(`'${text}' in '_type' is not a FHIR R4 resource type.${hint}`, '_type');
};

const updatedSince = (since: number): Plan => ({
  op: 'updated',
  prefix: 'ge',
  low: since,
  high: since + 1,
});
