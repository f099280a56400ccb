// Match: the route of a method and a path, and what the path names.
// https://hl7.org/fhir/R4/http.html#summary

import type { Definitions } from '../fhir/definitions/types.ts';
import { nearest } from '../fhir/nearest.ts';
import { methodNotAllowed, Problem, unknownType } from '../fhir/problem.ts';
import type { FhirRequest, Handler } from '../interactions/types.ts';
import type { Operation } from '../operations/types.ts';
import type { Kind, Method, Route } from './routes.ts';

export interface Tables {
  readonly routes: readonly Route[];
  readonly operations: readonly Operation[];
  readonly definitions: Definitions;
}

export type Named = Pick<FhirRequest, 'type' | 'id' | 'version' | 'operation' | 'compartment'>;

export interface Match {
  readonly interaction: string;
  readonly handler: Handler;
  readonly kind?: Kind | undefined;
  readonly named: Named;
}

export type Matcher = (method: FhirRequest['method'], path: string) => Match;

/** Throws 404 for an address that does not exist, 405 for a method that is not possible on it. */
export const createMatcher = ({ routes, operations, definitions }: Tables): Matcher => {
  const types: ReadonlySet<string> = new Set(definitions.resourceTypes);
  const bySize = groupBySize(routes);
  const matchOperation = operationMatcher(operations);

  return (asked, path) => {
    const method: Method = asked === 'HEAD' ? 'GET' : asked;
    const parts = path === '' ? [] : path.split('/');
    const name = parts.at(-1) ?? '';
    const rows = bySize.get(parts.length) ?? [];
    const row = rows.find((each) => each.route.method === method && fits(each, parts));
    const type = parts.find((part, place) => place % 2 === 0 && /^[A-Za-z]/.test(part));
    if (!row || row.named.some(isTypeName)) checkTypes(parts, row);
    if (row) return { ...row.route, named: nameParts(row, parts) };
    if (name.startsWith('$')) return matchOperation(method, parts, name);
    throw refusalOf(method, path, rows.filter((each) => fits(each, parts)), type);
  };
};
