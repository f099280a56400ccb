// Recorded: what the store remembers of the journal.

/** Kinds of records. */
export const recordKinds = { place: 'audit-place', head: 'audit-head', key: 'key' } as const;

/** Up to where a chain was signed. */
export interface RecordedHead {
  readonly folder: string;
  readonly chain: string;
  readonly n: number;
  readonly h: string;
}

/** All chains of a folder end in the same chance, so that several servers can share a store. */
export const folderOf = (chain: string): string => chain.slice(7);
