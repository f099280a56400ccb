// Supersede: a document that another one replaces becomes superseded in the same commit.
// https://profiles.ihe.net/ITI/MHD/ITI-65.html#23654123-replace-transform-signs-and-append-associations

import { isObject, type Resource } from '../../fhir/resource.ts';
import { readReference } from '../../fhir/reference.ts';
import type { Permit } from '../../access/permit.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import { locate } from '../../interactions/locate.ts';
import type { Context } from '../../interactions/types.ts';
import { refuse } from './identification.ts';

export interface Superseding {
  /** `Patient/1`: a document of one patient does not replace that of another. */
  readonly patient: string;
  readonly permit: Permit;
  readonly context: Context;
  readonly pathOf: (entry: Entry) => string;
}

/** The entries that do it, for those documents that the upload does not change itself. Throws 422 for one that cannot be replaced. */
export const supersede = async (
  entries: readonly Entry[],
  superseding: Superseding,
): Promise<readonly Entry[]> => {
  const changed = new Set(entries.map(({ request }) => request.path));
  const added: Entry[] = [];
  for (const entry of entries.filter(isNewDocument))
    for (const { id, path } of replacedBy(entry, superseding)) {
      if (changed.has(`DocumentReference/${id}`)) continue;
      changed.add(`DocumentReference/${id}`);
      await checkReplaceable(id, path, superseding);
      added.push(patchOf(id, placeAfter(entries) + added.length, entry));
    }
  return added;
};

const isNewDocument = ({ request }: Entry): boolean =>
  request.method === 'POST' &&
  request.path === 'DocumentReference' &&
  request.headers['if-none-exist'] === undefined;

const placeAfter = (entries: readonly Entry[]): number =>
  Math.max(...entries.map(({ place }) => place)) + 1;

interface Replaced {
  readonly id: string;
  readonly path: string;
}

const replacedBy = (entry: Entry, { pathOf }: Superseding): readonly Replaced[] => {
  const relations: unknown = entry.request.body!.plain['relatesTo'];
  return (Array.isArray(relations) ? relations : []).flatMap((each: unknown, place) => {
    if (!isObject(each) || each['code'] !== 'replaces' || !isObject(each['target'])) return [];
    const { reference } = each['target'];
    const path = `${pathOf(entry)}.relatesTo[${String(place)}].target`;
    const named =
      typeof reference === 'string' ? readReference(reference, entry.request.base) : undefined;
    if (named?.type === 'DocumentReference') return [{ id: named.id, path }];
    throw refuse(
      'not-supported',
      'PartialReplaceContentNotProcessed: refer to the replaced document by its address, DocumentReference/[id].',
      path,
    );
  });
};

const checkReplaceable = async (
  id: string,
  path: string,
  { patient, permit, context }: Superseding,
): Promise<void> => {
  const old = await locate({ type: 'DocumentReference', id }, permit, context);
  const isKept = old?.custodian !== undefined && old.custodian === permit.custodian;
  const { subject, status } =
    old && !old.deleted ? (JSON.parse(old.text) as Resource) : ({} as Partial<Resource>);
  const isAbout = isObject(subject) && subject['reference'] === patient;
  if (isKept && isAbout && status === 'current') return;
  throw refuse(
    'not-found',
    'XDSReplaceFailed: this is no current document of the same patient that your organization keeps.',
    path,
  );
};

/** A patch, because the rest of it may change meanwhile. */
const patchOf = (id: string, place: number, { request: { base } }: Entry): Entry => ({
  place,
  request: {
    ...{ method: 'PATCH', path: `DocumentReference/${id}`, query: [], headers: {}, base },
    ...{ nested: true, json: [{ op: 'replace', path: '/status', value: 'superseded' }] },
  },
});
