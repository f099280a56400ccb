// documents: what is kept of a resource, and how versions and index values become documents and come back.

import type { Entry } from '../../search/entry.ts';
import type { Version } from '../port.ts';

/** One version as it is kept in both collections; the names are those of the port. */
export interface VersionFields {
  /** Its resource. */
  readonly name: string;
  readonly type: string;
  readonly id: string;
  /** The default order: given when the resource is first stored, never changed. */
  readonly key: string;
  /** The order of all versions. */
  readonly seq: string;
  readonly version: string;
  readonly at: number;
  readonly method: Version['method'];
  readonly custodian?: string;
  readonly text: string;
}

/** Index values by kind, in short fields: `p` param, `n` tuple (left out when 0). */
export interface IndexFields {
  readonly token?: readonly Value[];
  readonly string?: readonly Value[];
  readonly reference?: readonly Value[];
  readonly uri?: readonly Value[];
  readonly date?: readonly Value[];
  readonly number?: readonly Value[];
  /** The parts of composites once more, by their tuple: a filter cannot compare values of two arrays. */
  readonly tuples?: readonly { readonly n: number; readonly e: readonly Value[] }[];
}
type Value = Readonly<Record<string, string | number>>;

/**
 * A document of `resources`, by `Type/id`: the current version and its index values. What every search asks of is out of
 * its reach when the resource is deleted: `live` and `type` are not there, the rest is in `gone`.
 */
export interface ResourceDocument extends Omit<VersionFields, 'name' | 'type'>, IndexFields {
  readonly _id: string;
  /** Its type, deleted or not: for histories. */
  readonly of: string;
  readonly type?: string;
  readonly live?: true;
  readonly gone?: IndexFields & { readonly type: string };
}

/** A document of `versions`, by `Type/id/version`: a version that is current no more; `until` is when that ended. */
export interface FormerDocument extends VersionFields {
  readonly _id: string;
  readonly deleted: boolean;
  readonly until: number;
}

export const nameOf = ({ type, id }: { readonly type: string; readonly id: string }): string =>
  `${type}/${id}`;

export const kinds = ['token', 'string', 'reference', 'uri', 'date', 'number'] as const;

export const indexFields = (entries: readonly Entry[]): IndexFields => {
  const fields: Record<string, unknown[]> = {};
  for (const entry of entries) (fields[entry.kind] ??= []).push(valueOf(entry));
  const tuples = tuplesOf(entries);
  return { ...fields, ...(tuples.length === 0 ? {} : { tuples }) };
};

const tuplesOf = (entries: readonly Entry[]): IndexFields['tuples'] & object => {
  const byTuple = new Map<number, Value[]>();
  for (const entry of entries)
    if (entry.n !== 0) {
      const tuple = byTuple.get(entry.n) ?? [];
      byTuple.set(entry.n, [...tuple, { k: entry.kind, ...valueOf(entry) }]);
    }
  return [...byTuple].map(([n, e]) => ({ n, e }));
};

const valueOf = (entry: Entry): Value => ({
  p: entry.param,
  ...bareValue(entry),
  ...(entry.n === 0 ? {} : { n: entry.n }),
});

const bareValue = (entry: Entry): Value => {
  switch (entry.kind) {
    case 'token':
      return { c: entry.code, s: entry.system };
    case 'string':
      return { f: entry.folded, x: entry.exact };
    case 'reference':
      return { t: entry.target };
    case 'uri':
      return { u: entry.uri };
    case 'date':
      return { l: entry.low, h: entry.high };
    case 'number':
      return { u: entry.unit, l: entry.low, h: entry.high };
  }
};

/** What of a document `toVersion` needs. */
export const versionProjection = {
  _id: 1,
  id: 1,
  key: 1,
  seq: 1,
  version: 1,
  at: 1,
  method: 1,
  custodian: 1,
  text: 1,
  live: 1,
} as const;

export type Found = Pick<
  ResourceDocument,
  '_id' | 'id' | 'key' | 'seq' | 'version' | 'at' | 'method' | 'custodian' | 'text' | 'live'
>;

export const toVersion = (found: Found): Version => ({
  type: found._id.slice(0, found._id.indexOf('/')),
  id: found.id,
  version: found.version,
  at: found.at,
  deleted: found.live !== true,
  method: found.method,
  ...(found.custodian === undefined ? {} : { custodian: found.custodian }),
  text: found.text,
});

export const toFormerVersion = (found: FormerDocument): Version => ({
  type: found.type,
  id: found.id,
  version: found.version,
  at: found.at,
  deleted: found.deleted,
  method: found.method,
  ...(found.custodian === undefined ? {} : { custodian: found.custodian }),
  text: found.text,
});

/** The document as it stops being current. */
export const toFormer = (found: Found, until: number): FormerDocument => {
  const { _id: name, id, key, seq, version, at, method, custodian, text, live } = found;
  return {
    _id: `${name}/${version}`,
    ...{ name, type: name.slice(0, name.indexOf('/')), id, key, seq, version, at, method, text },
    ...(custodian === undefined ? {} : { custodian }),
    deleted: live !== true,
    until,
  };
};
