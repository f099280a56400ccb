// normalise: one spelling for scopes that mean the same, so that they can be compared and remembered.

import type { Scope } from './scope.ts';
import { letters } from './scope.ts';

/** Version 2, with the criteria decoded, sorted and each once: `patient/Observation.read` is `patient/Observation.rs`. */
export const normalise = ({ context, type, rights, query }: Scope): string => {
  const action = letters.map(([letter, right]) => (rights.includes(right) ? letter : '')).join('');
  const criteria = criteriaOf(query);
  return `${context}/${type}.${action}${criteria.length > 0 ? `?${criteria.join('&')}` : ''}`;
};

/** Each criterion as text, sorted, each once. */
export const criteriaOf = (query: Scope['query']): readonly string[] =>
  [
    ...new Set(
      query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
    ),
  ].sort();
