// Known documents: those of an upload that the same organization has filed for the same patient before are not filed again.

import type { Permit } from '../../access/permit.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import type { Context } from '../../interactions/types.ts';
import { and, or, type Plan } from '../../search/plan.ts';
import { valueParams } from '../../search/value-params.ts';
import type { Version } from '../../store/port.ts';
import { hashesOf, hashParam } from './hashes.ts';
import { refuse } from './identification.ts';

export interface Sorting {
  /** `Patient/1` */
  readonly patient: string;
  readonly permit: Permit;
  /** Under which the server finds what was filed. */
  readonly own: Permit;
  readonly context: Context;
  readonly pathOf: (entry: Entry) => string;
}

/**
 * The entries with what is known already turned into what keeps it as it is. The others expect that nobody files the same at the
 * same moment. Throws 422 for a masterIdentifier that the organization has given to another document.
 */
export const keepKnown = async (
  entries: readonly Entry[],
  sorting: Sorting,
): Promise<readonly Entry[]> => {
  const known = new Map<Entry, Version>();
  const seen = new Set<string>();
  const sorted: Entry[] = [];
  for (const entry of entries) {
    const found = await findKnown(entry, sorting);
    if (found) known.set(entry, found);
    sorted.push(found ? keep(entry, found.id, sorting) : expecting(entry, seen, sorting));
  }
  return settleRest(sorted, entries, known, sorting);
};

const isDocument = ({ request }: Entry): boolean =>
  request.method === 'POST' && request.path === 'DocumentReference';

const findKnown = async (entry: Entry, sorting: Sorting): Promise<Version | undefined> => {
  const { custodian } = sorting.permit;
  if (!isDocument(entry) || custodian === undefined) return undefined;
  const document = entry.request.body!.plain;
  const hashes = hashesOf(document);
  const own = identifierOf(document);
  const alike = [
    ...(hashes[0] === undefined ? [] : [withHash(hashes[0])]),
    ...(own ? [withIdentifier(own, sorting)] : []),
  ];
  if (alike.length === 0) return undefined;
  const plan = and(currentOf(custodian, sorting), or(...alike));
  const { items } = await sorting.context.store.resources.search(plan, { sort: [], size: most });
  const others = items.map((version) => ({ version, other: readText(version) }));
  const same = others.find(
    ({ other }) => subjectOf(other) === sorting.patient && hashesOf(other).join() === hashes.join(),
  );
  const taken = others.find(({ other }) => own && isSame(identifierOf(other), own));
  // Who sends the same bytes to replace a document wants the words about it changed.
  if (
    same &&
    document['relatesTo'] === undefined &&
    (!taken || taken === same || hashes.length > 0)
  )
    return same.version;
  if (!taken) return undefined;
  throw refuse(
    'duplicate',
    'XDSDuplicateUniqueIdInRegistry: your organization has given this masterIdentifier to another document.',
    `${sorting.pathOf(entry)}.masterIdentifier`,
  );
};

const most = 50;

const readText = ({ text }: Version): Resource => JSON.parse(text) as Resource;

/** What the organization keeps and nobody has replaced. */
const currentOf = (custodian: string, { context }: Sorting): Plan =>
  and(
    { op: 'type', types: ['DocumentReference'] },
    { op: 'custodian', organizations: [custodian] },
    {
      ...{ op: 'token', params: valueParams('DocumentReference', 'status', context.definitions) },
      any: [{ code: 'current' }],
    },
  );

const withHash = (code: string): Plan => ({ op: 'token', params: [hashParam], any: [{ code }] });

interface Identifier {
  readonly system?: string;
  readonly value: string;
}

const withIdentifier = ({ system, value }: Identifier, { context }: Sorting): Plan => ({
  ...{ op: 'token', params: valueParams('DocumentReference', 'identifier', context.definitions) },
  any: [{ ...(system === undefined ? {} : { system }), code: value }],
});

/** The one that names the document in every system. */
const identifierOf = ({ masterIdentifier }: Resource): Identifier | undefined => {
  if (!isObject(masterIdentifier)) return undefined;
  const { system, value } = masterIdentifier;
  if (typeof value !== 'string') return undefined;
  return typeof system === 'string' ? { system, value } : { value };
};

const isSame = (one: Identifier | undefined, other: Identifier): boolean =>
  one?.value === other.value && one.system === other.system;

const subjectOf = ({ subject }: Resource): unknown =>
  isObject(subject) ? subject['reference'] : undefined;

/** A conditional create that finds its resource: nothing is written, and other entries may refer to it. */
const keep = (entry: Entry, id: string, { own }: Sorting): Entry => {
  const headers = { ...entry.request.headers, 'if-none-exist': `_id=${id}` };
  return { ...entry, request: { ...entry.request, headers }, permit: own };
};

/** Of two in one upload the first: the second could not be written after it. */
const expecting = (entry: Entry, seen: Set<string>, sorting: Sorting): Entry => {
  const { custodian } = sorting.permit;
  if (!isDocument(entry) || custodian === undefined) return entry;
  const document = entry.request.body!.plain;
  const [hash] = hashesOf(document);
  if (hash === undefined || seen.has(hash) || document['relatesTo'] !== undefined) return entry;
  seen.add(hash);
  const about: Plan = {
    ...{ op: 'reference', targets: [sorting.patient] },
    params: valueParams('DocumentReference', 'subject', sorting.context.definitions),
  };
  const plan = and(currentOf(custodian, sorting), withHash(hash), about);
  return { ...entry, expect: [{ op: 'none', plan }] };
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
