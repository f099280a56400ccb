// Where the bytes of a Binary are: a mark inside the stored resource that clients neither see nor may set.
// https://hl7.org/fhir/R4/binary.html

import { documentOf } from '../fhir/json.ts';
import { invalid } from '../fhir/problem.ts';
import { subsetted } from '../fhir/subset.ts';
import { isObject, type Document, type Resource } from '../fhir/resource.ts';
import type { Version } from '../store/port.ts';

/** An extension of `contentType`, because a Binary itself can have none. */
const url = 'https://meridian.example/fhir/StructureDefinition/binary-bytes';

/** The mark as the extension it is, for `Binary._contentType`. */
export const bytesMark = (id: string): object => ({ extension: [{ url, valueString: id }] });

/** A Binary whose bytes are in the ByteStore under this id. */
export const binaryOf = ({
  contentType = 'application/octet-stream',
  securityContext: reference,
  bytes,
}: {
  readonly contentType?: string | undefined;
  readonly securityContext?: string | undefined;
  readonly bytes: string;
}): Document =>
  documentOf({
    resourceType: 'Binary',
    contentType,
    _contentType: bytesMark(bytes),
    ...(reference === undefined ? {} : { securityContext: { reference } }),
  });

/** The id in the ByteStore, undefined when the data is in the resource itself or there is none. */
export const bytesOf = (binary: Resource): string | undefined => {
  const mark = extensions(binary).find((extension) => isMark(extension));
  const id = isObject(mark) ? mark['valueString'] : undefined;
  return typeof id === 'string' ? id : undefined;
};

/** The Binary without the mark: what a client sees. */
export const withoutMark = (binary: Resource): Resource => {
  const sibling = binary['_contentType'];
  if (!isObject(sibling)) return binary;
  const kept = extensions(binary).filter((extension) => !isMark(extension));
  const left = {
    ...without(sibling, 'extension'),
    ...(kept.length > 0 ? { extension: kept } : {}),
  };
  if (Object.keys(left).length > 0) return { ...binary, _contentType: left };
  return { ...without(binary, '_contentType'), resourceType: binary.resourceType };
};

const without = (object: Readonly<Record<string, unknown>>, name: string): object =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

/**
 * The JSON of a version as clients see it. A Binary whose bytes are kept apart is shown without them, and is tagged as
 * not complete: reading it by its id gives them.
 */
export const shownText = ({ type, text }: Version): string => {
  if (type !== 'Binary' || !text.includes(url)) return text;
  const binary = withoutMark(JSON.parse(text) as Resource);
  const tag = [...(binary.meta?.tag ?? []), subsetted];
  return JSON.stringify({ ...binary, meta: { ...binary.meta, tag } });
};

/** Whoever could set the mark could read the bytes of others: only what was just staged, or was there before, may stand. */
export const refuseForeignBytes = (
  binary: Resource,
  previous: Version | undefined,
  adopts: readonly string[],
): void => {
  if (!extensions(binary).some(isMark)) return;
  const id = bytesOf(binary);
  if (id !== undefined && adopts.includes(id)) return;
  if (id !== undefined && previous?.text && bytesOf(JSON.parse(previous.text) as Resource) === id)
    return;
  throw invalid(`The extension '${url}' is the server's own; leave it out.`, 'Binary.contentType');
};

const extensions = (binary: Resource): readonly unknown[] => {
  const sibling = binary['_contentType'];
  const list = isObject(sibling) ? sibling['extension'] : undefined;
  return Array.isArray(list) ? list : [];
};

const isMark = (extension: unknown): boolean => isObject(extension) && extension['url'] === url;
