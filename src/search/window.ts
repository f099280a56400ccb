// Window: which part of a sorted list is asked for.
// https://hl7.org/fhir/R4/search.html#sort

import type { EntryKind } from './entry.ts';

/**
 * One key of a sort. The sort value of a resource is its smallest entry of `params` when ascending, its largest when
 * descending (dates and numbers by `low`, strings by `folded`, tokens by `code`; of numbers only entries whose `unit` is '',
 * and never a composite's parts); resources without one come last either way.
 */
export type Sort =
  | {
      readonly by: EntryKind;
      readonly params: readonly string[];
      readonly direction: 'asc' | 'desc';
    }
  | { readonly by: 'id' | 'updated' | 'type'; readonly direction: 'asc' | 'desc' };

/** A place in a sorted list: the sort values of a resource, then its place in the default order. Plain JSON. */
export type Position = readonly (string | number | null)[];

/**
 * A page's worth of a list. The last tie-break, and the order when `sort` is empty, is the default order: that in which
 * the resources were first stored, which no update changes. At most one of `after` and `before`.
 */
export interface Window {
  readonly sort: readonly Sort[];
  readonly size: number;
  readonly after?: Position;
  readonly before?: Position;
}
