// Take bytes: what documents bring along goes out of the JSON into the store of bytes, measured and scanned, and what their
// attachments say of size and hash is checked, or filled in.
// https://profiles.ihe.net/ITI/MHD/ITI-65.html#23654121-bundle-resources

import type { Permit } from '../../access/permit.ts';
import { documentOf } from '../../fhir/json.ts';
import { readReference } from '../../fhir/reference.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import { binaryOf, bytesOf } from '../../interactions/binary-bytes.ts';
import type { Entry } from '../../interactions/bundle/read-entries.ts';
import type { Context } from '../../interactions/types.ts';
import type { Staged } from '../../store/port.ts';
import { attachmentPlaces, changeAt, pathText } from './attachment-places.ts';
import { createOf } from './create-of.ts';
import { refuse } from './identification.ts';
import { decode, measured } from './measure.ts';
import { checkScanned, type Scan } from './scan.ts';

/** What the bytes of an upload are taken with. */
export interface Taking {
  readonly permit: Permit;
  /** Under which the server adds what an entry has left to it. */
  readonly own: Permit;
  readonly scan: Scan | undefined;
  readonly context: Context;
  /** Of the FHIR base. */
  readonly base: string;
  /** Behind the last entry that was sent. */
  readonly place: number;
  /** FHIRPath of the resource of an entry: `DocumentReference` or `Bundle.entry[2].resource`. */
  readonly pathOf: (entry: Entry) => string;
  /** Notes an id, so that what is not filed in the end is discarded. */
  readonly staged: (id: string) => void;
}

/** The entries with their bytes taken out, and a Binary for each attachment that had them inline. Throws 413, 422 and 503. */
export const takeBytes = async (
  entries: readonly Entry[],
  taking: Taking,
): Promise<readonly Entry[]> => {
  const documents = new Map<string, Staged>();
  const taken: Entry[] = [];
  for (const entry of entries) taken.push(await takeBinary(entry, documents, taking));
  const added: Entry[] = [];
  const add = (entry: Omit<Entry, 'place'>): void => {
    added.push({ ...entry, place: taking.place + added.length });
  };
  const whole: Entry[] = [];
  for (const entry of taken) whole.push(await takeAttachments(entry, { documents, add, taking }));
  return [...whole, ...added];
};

const typeOf = ({ request }: Entry): string | undefined => request.body?.plain.resourceType;

const takeBinary = async (
  entry: Entry,
  documents: Map<string, Staged>,
  taking: Taking,
): Promise<Entry> => {
  const { request, fullUrl } = entry;
  if (typeOf(entry) === 'Bundle')
    throw refuse(
      'not-supported',
      'FHIRDocumentNotSupported: send the document as a Binary.',
      taking.pathOf(entry),
    );
  if (typeOf(entry) !== 'Binary' || request.method !== 'POST') return entry;
  const { data, contentType, securityContext } = request.body!.plain;
  if (data === undefined) return entry;
  const path = `${taking.pathOf(entry)}.data`;
  const staged = await take(data, path, taking);
  if (fullUrl !== undefined) documents.set(fullUrl, staged);
  const context = isObject(securityContext) ? securityContext['reference'] : undefined;
  const body = binaryOf({
    ...(typeof contentType === 'string' ? { contentType } : {}),
    ...(typeof context === 'string' ? { securityContext: context } : {}),
    bytes: staged.id,
  });
  return { ...entry, request: { ...request, body }, adopts: [staged.id] };
};

const take = async (data: unknown, path: string, taking: Taking): Promise<Staged> => {
  const { context, scan } = taking;
  const staged = await context.store.bytes.stage(once(decode(data, path)));
  taking.staged(staged.id);
  if (scan) await checkScanned(scan, context.store.bytes.open(staged.id), path);
  return staged;
};

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}

interface Attaching {
  readonly documents: ReadonlyMap<string, Staged>;
  readonly add: (entry: Omit<Entry, 'place'>) => void;
  readonly taking: Taking;
}

const takeAttachments = async (entry: Entry, attaching: Attaching): Promise<Entry> => {
  const { body } = entry.request;
  if (!body) return entry;
  let exact: unknown = body.exact;
  for (const place of attachmentPlaces(body.plain)) {
    const path = `${attaching.taking.pathOf(entry)}${pathText(place)}`;
    exact = await changeAt(exact, place, (each) => takeAttachment(each, path, attaching));
  }
  if (exact === body.exact) return entry;
  return { ...entry, request: { ...entry.request, body: documentOf(exact as Resource) } };
};

const takeAttachment = async (
  attachment: unknown,
  path: string,
  { documents, add, taking }: Attaching,
): Promise<unknown> => {
  if (!isObject(attachment)) return attachment;
  const { data, url, contentType } = attachment;
  if (data === undefined) {
    const known = await stagedAt(url, path, { documents, taking });
    return known ? measured(attachment, known, path) : attachment;
  }
  const staged = await take(data, `${path}.data`, taking);
  const whole = measured(attachment, staged, path);
  const fullUrl = `urn:uuid:${taking.context.newId()}`;
  const type = typeof contentType === 'string' ? { contentType } : {};
  const body = binaryOf({ ...type, bytes: staged.id });
  const request = createOf('Binary', body, taking.base);
  add({ fullUrl, request, adopts: [staged.id], permit: taking.own });
  return withUrl(whole, fullUrl);
};

/** In the place of the data. */
const withUrl = (attachment: Readonly<Record<string, unknown>>, url: string): object =>
  Object.fromEntries(
    Object.entries(attachment)
      .filter(([name]) => name !== 'url')
      .map(([name, value]) => (name === 'data' ? ['url', url] : [name, value])),
  );

/** The bytes of a Binary of the Bundle, or of one that the uploader's organization has brought in before. */
const stagedAt = async (
  url: unknown,
  path: string,
  { documents, taking }: Pick<Attaching, 'documents' | 'taking'>,
): Promise<Staged | undefined> => {
  if (typeof url !== 'string') return undefined;
  const inBundle = documents.get(url);
  if (inBundle) return inBundle;
  if (url.startsWith('urn:'))
    throw refuse(
      'not-found',
      'XDSMissingDocument: no Binary of the Bundle has this fullUrl.',
      `${path}.url`,
    );
  return broughtIn(url, path, taking);
};

/** Nothing is said of Binaries that others keep: the rights on what the resource names are settled later. */
const broughtIn = async (
  url: string,
  path: string,
  { permit, scan, context: { store }, base }: Taking,
): Promise<Staged | undefined> => {
  const named = readReference(url, base);
  if (named?.type !== 'Binary' || permit.custodian === undefined) return undefined;
  const [binary] = await store.resources.read([{ type: 'Binary', id: named.id }]);
  if (!binary || binary.deleted || binary.custodian !== permit.custodian) return undefined;
  const id = bytesOf(JSON.parse(binary.text) as Resource);
  const staged = id === undefined ? undefined : await store.bytes.describe(id);
  if (staged && scan) await checkScanned(scan, store.bytes.open(staged.id), `${path}.url`);
  return staged;
};
