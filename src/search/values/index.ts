// The search parameter types, each in its own file, all of the same shape.
// https://hl7.org/fhir/R4/search.html#ptypes

import type { SearchParameterType } from '../../fhir/definitions/types.ts';
import { date } from './date.ts';
import { number } from './number.ts';
import { quantity } from './quantity.ts';
import { reference } from './reference.ts';
import { string } from './string.ts';
import { token } from './token.ts';
import type { ValueType } from './types.ts';
import { uri } from './uri.ts';

/** Composites are made of these (`../composite.ts`); special parameters have no common meaning. */
export const valueTypes: Readonly<
  Record<Exclude<SearchParameterType, 'composite' | 'special'>, ValueType>
> = { date, number, quantity, reference, string, token, uri };
