// Keep known: the entries of an upload with what was filed before turned into what keeps it as it is.

import { isObject, type Resource } from '../../fhir/resource.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import { and } from '../../search/plan.ts';
import { valueParams } from '../../search/value-params.ts';
import type { Version } from '../../store/port.ts';
import { hashesOf } from './hashes.ts';
import { expectNew, lookForKnown, readText, type Sorting } from './known-documents.ts';

/** The others expect that nobody files the same at the same moment. Throws as `lookForKnown` does. */
export const keepKnown = async (
  entries: readonly Entry[],
  sorting: Sorting,
): Promise<readonly Entry[]> => {
  const { custodian } = sorting.permit;
  if (custodian === undefined) return entries;
  const known = new Map<Entry, Version>();
  const seen = new Set<string>();
  const sorted: Entry[] = [];
  for (const entry of entries) {
    if (!isDocument(entry)) {
      sorted.push(entry);
      continue;
    }
    const look = await lookForKnown(entry, custodian, sorting);
    if (look.kind === 'known') {
      known.set(entry, look.version);
      sorted.push(keep(entry, look.version.id, sorting));
      continue;
    }
    // Of two in one upload the first: the second could not be written after it.
    const hashes = hashesOf(entry.request.body!.plain);
    const isFirst = !hashes.some((hash) => seen.has(hash));
    const expect = isFirst ? expectNew(entry, look.alike, custodian, sorting) : undefined;
    for (const hash of hashes) seen.add(hash);
    sorted.push(expect ? { ...entry, expect: [expect] } : entry);
  }
  return settleRest(sorted, entries, known, sorting);
};

const isDocument = ({ request }: Entry): boolean =>
  request.method === 'POST' && request.path === 'DocumentReference';

/** A conditional create that finds its resource: nothing is written, and other entries may refer to it. */
const keep = (entry: Entry, id: string, { own }: Sorting): Entry => {
  const headers = { ...entry.request.headers, 'if-none-exist': `_id=${id}` };
  return { ...entry, request: { ...entry.request, headers }, permit: own };
};

/** The bytes of a document that is kept are kept as well, and so is a submission that has only been sent again. */
const settleRest = async (
  sorted: readonly Entry[],
  entries: readonly Entry[],
  known: ReadonlyMap<Entry, Version>,
  sorting: Sorting,
): Promise<readonly Entry[]> => {
  if (known.size === 0) return sorted;
  const bytes = bytesOfKnown(known);
  const isAllKnown = entries.filter(isDocument).every((entry) => known.has(entry));
  const settled: Entry[] = [];
  for (const entry of sorted) {
    const { fullUrl, permit, request } = entry;
    const binary = fullUrl === undefined ? undefined : bytes.get(fullUrl);
    const isAdded = permit !== undefined && request.headers['if-none-exist'] === undefined;
    if (binary !== undefined) settled.push(keep(entry, binary, sorting));
    else if (isAllKnown && isList(entry)) {
      const list = isAdded ? undefined : await findList(entry, sorting);
      if (list !== undefined) settled.push(keep(entry, list, sorting));
      else if (!isAdded) settled.push(entry);
    } else settled.push(entry);
  }
  return settled;
};

const isList = ({ request }: Entry): boolean =>
  request.method === 'POST' && request.path === 'List';

/** `fullUrl` of a Binary of the upload, and the id of the one that is kept. */
const bytesOfKnown = (known: ReadonlyMap<Entry, Version>): ReadonlyMap<string, string> => {
  const pairs = [...known].flatMap(([{ request }, version]) => {
    const kept = new Map(attachmentsOf(readText(version)).map(({ hash, url }) => [hash, url]));
    return attachmentsOf(request.body!.plain).flatMap(({ hash, url }) => {
      const id = /^Binary\/([^/]+)$/.exec(String(kept.get(hash)))?.[1];
      return typeof url === 'string' && id !== undefined ? [[url, id] as const] : [];
    });
  });
  return new Map(pairs);
};

const attachmentsOf = ({ content }: Resource): readonly Readonly<Record<string, unknown>>[] =>
  (Array.isArray(content) ? content : []).flatMap((each: unknown) =>
    isObject(each) && isObject(each['attachment']) ? [each['attachment']] : [],
  );

const findList = async (
  { request }: Entry,
  { permit, context }: Sorting,
): Promise<string | undefined> => {
  const { identifier } = request.body!.plain;
  const any = (Array.isArray(identifier) ? identifier : []).flatMap((each: unknown) => {
    if (!isObject(each) || typeof each['value'] !== 'string') return [];
    const { system, value: code } = each;
    return [typeof system === 'string' ? { system, code } : { code }];
  });
  if (any.length === 0 || permit.custodian === undefined) return undefined;
  const plan = and(
    { op: 'type', types: ['List'] },
    { op: 'custodian', organizations: [permit.custodian] },
    { op: 'token', params: valueParams('List', 'identifier', context.definitions), any },
  );
  return (await context.store.resources.search(plan, { sort: [], size: 1 })).items[0]?.id;
};
