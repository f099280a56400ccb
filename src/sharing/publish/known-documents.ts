// Known documents: whether the organization has filed a document of an upload for the same patient before.

import type { Permit } from '../../access/permit.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import type { Context } from '../../interactions/types.ts';
import { and, not, or, type Plan } from '../../search/plan.ts';
import { valueParams } from '../../search/value-params.ts';
import type { Expect, Version } from '../../store/port.ts';
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

export type Look =
  | { readonly kind: 'known'; readonly version: Version }
  /** `alike` are those with some of the same bytes that are other documents all the same. */
  | { readonly kind: 'new'; readonly alike: readonly string[] };

/** Throws 422 for a masterIdentifier that the organization has given to another document. */
export const lookForKnown = async (
  entry: Entry,
  custodian: string,
  sorting: Sorting,
): Promise<Look> => {
  const document = entry.request.body!.plain;
  const [hashes, own] = [hashesOf(document), identifierOf(document)];
  const plans = [
    ...(hashes[0] === undefined ? [] : [withHash(hashes[0])]),
    ...(own ? [withIdentifier(own, sorting)] : []),
  ];
  if (plans.length === 0) return { kind: 'new', alike: [] };
  const plan = and(currentOf(custodian, sorting), or(...plans));
  const { items } = await sorting.context.store.resources.search(plan, { sort: [], size: most });
  const others = items.map((version) => ({ version, other: readText(version) }));
  const same = others.find(
    ({ other }) => subjectOf(other) === sorting.patient && hashesOf(other).join() === hashes.join(),
  );
  // Who sends the same bytes to replace a document wants the words about it changed.
  if (same && document['relatesTo'] === undefined) return { kind: 'known', version: same.version };
  if (own && others.some(({ other }) => isSame(identifierOf(other), own)))
    throw refuse(
      'duplicate',
      'XDSDuplicateUniqueIdInRegistry: your organization has given this masterIdentifier to another document.',
      `${sorting.pathOf(entry)}.masterIdentifier`,
    );
  return { kind: 'new', alike: items.map(({ id }) => id) };
};

const most = 50;

/** That nobody files the same at the same moment; undefined where there are no bytes to know it by. */
export const expectNew = (
  entry: Entry,
  alike: readonly string[],
  custodian: string,
  sorting: Sorting,
): Expect | undefined => {
  const document = entry.request.body!.plain;
  const [hash] = hashesOf(document);
  if (hash === undefined || document['relatesTo'] !== undefined) return undefined;
  const about: Plan = {
    ...{ op: 'reference', targets: [sorting.patient] },
    params: valueParams('DocumentReference', 'subject', sorting.context.definitions),
  };
  const others = not({ op: 'id', ids: alike });
  return { op: 'none', plan: and(currentOf(custodian, sorting), withHash(hash), about, others) };
};

export const readText = ({ text }: Version): Resource => JSON.parse(text) as Resource;

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
