// Acts: what a request did, one by one: a batch is as many acts as it has entries, everything else is one.
// https://hl7.org/fhir/R4/valueset-type-restful-interaction.html

import type { AccessRow, PartRow } from '../row.ts';

export interface Act {
  readonly interaction: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  /** What was shown or written: `Type/id/version`. */
  readonly names: readonly string[];
}

export const actsOf = ({ i, p, q, s, e, x }: AccessRow): readonly Act[] => {
  if (x?.kind === 'batch') return x.parts.map(actOf);
  // All writes of a transaction are one; its reads are answered one by one.
  const reads = x?.parts.filter(isRead) ?? [];
  const names = x
    ? x.parts.filter((part) => !isRead(part)).flatMap((part) => part.e ?? [])
    : (e ?? []);
  // The last part of an upload makes the Binary.
  const interaction = i === 'upload-append' && names.length > 0 ? 'create' : i;
  return [{ interaction, path: p, query: q ?? '', status: s, names }, ...reads.map(actOf)];
};

const actOf = (part: PartRow): Act => ({
  interaction: interactionOf(part),
  path: part.p,
  query: part.q ?? '',
  status: part.s,
  names: part.e ?? [],
});

const isRead = ({ m }: PartRow): boolean => m === 'GET' || m === 'HEAD';

/** Entries say their method and path only. */
const interactionOf = ({ m, p }: PartRow): string => {
  const parts = p === '' ? [] : p.split('/');
  const last = parts.at(-1) ?? '';
  if (last.startsWith('$')) return last;
  if (m === 'GET' || m === 'HEAD') return readingOf(parts);
  if (last === '_search') return searches[parts.length - 1] ?? 'search-compartment';
  return writing[m] ?? 'read';
};

const readingOf = (parts: readonly string[]): string => {
  const place = parts.indexOf('_history');
  if (place >= 0) return place === 2 && parts.length === 4 ? 'vread' : (histories[place] ?? 'read');
  return parts.length === 2 ? 'read' : (searches[parts.length] ?? 'search-compartment');
};

const searches = ['search-system', 'search-type'];
const histories = ['history-system', 'history-type', 'history-instance'];
const writing: Readonly<Record<string, string>> = {
  ...{ POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' },
};
