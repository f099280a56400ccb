// Writes: what each writing entry of a transaction does to which resource.
// https://hl7.org/fhir/R4/http.html#trules

import type { Document } from '../../fhir/resource.ts';
import type { Expect, Version } from '../../store/port.ts';
import type { Entry } from '../bundle/read-entries.ts';

export type Write = Put | Patch | Delete | Kept;

interface Common {
  readonly entry: Entry;
  readonly type: string;
  readonly expect: readonly Expect[];
}
/** A create or update. */
export interface Put extends Common {
  readonly kind: 'put';
  readonly method: 'POST' | 'PUT';
  readonly id: string;
  readonly previous?: Version | undefined;
}
export interface Patch extends Common {
  readonly kind: 'patch';
  readonly id: string;
  readonly previous: Version;
}
export interface Delete extends Common {
  readonly kind: 'delete';
  /** undefined when criteria found nothing. */
  readonly id?: string | undefined;
  /** undefined when there is nothing to delete. */
  readonly previous?: Version | undefined;
}
/** A conditional create that found its resource: nothing is written. */
export interface Kept extends Common {
  readonly kind: 'kept';
  readonly id: string;
  readonly previous: Version;
}

/** A resource as it will be written. */
export interface Drafted {
  readonly write: Put | Patch;
  readonly document: Document;
}

export const isDrafted = (write: Write): write is Put | Patch =>
  write.kind === 'put' || write.kind === 'patch';

/** Ids by type of what the transaction deletes. */
export type Removed = ReadonlyMap<string, readonly string[]>;

export const removedBy = (writes: readonly Write[]): Removed => {
  const removed = new Map<string, string[]>();
  for (const { kind, type, previous } of writes) {
    if (kind !== 'delete' || !previous) continue;
    const ids = removed.get(type);
    if (ids) ids.push(previous.id);
    else removed.set(type, [previous.id]);
  }
  return removed;
};
