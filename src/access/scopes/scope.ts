// Scope: one resource scope of SMART, read: whose records, which type, which rights, and a search that narrows them.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-fhir-resources

import type { Query } from '../../fhir/query.ts';
import type { Right } from '../permit.ts';

export interface Scope {
  /** `patient`: the record of the patient in context; `user`: what the user may reach; `system`: what the client may. */
  readonly context: 'patient' | 'user' | 'system';
  /** A resource type or `*`. */
  readonly type: string;
  /** In the order of the letters, c r u d s; never empty. */
  readonly rights: readonly Right[];
  /** Decoded; empty where the scope is not granular. */
  readonly query: Query;
  /** As it was written. */
  readonly text: string;
}

/** The letters of version 2 in the one order they may be written in. */
export const letters: readonly (readonly [string, Right])[] = [
  ['c', 'create'],
  ['r', 'read'],
  ['u', 'update'],
  ['d', 'delete'],
  ['s', 'search'],
];

/** The words of version 1 by the letters they stand for. */
export const words: Readonly<Record<string, string>> = {
  __proto__: null as never,
  read: 'rs',
  write: 'cud',
  '*': 'cruds',
};
