// Measure: the bytes of an attachment, and whether its size and hash are theirs.
// https://profiles.ihe.net/ITI/MHD/ITI-65.html#23654121-bundle-resources

import { isObject } from '../../fhir/resource.ts';
import type { Staged } from '../../store/port.ts';
import { refuse } from './identification.ts';

/** `Buffer.from` leaves out what is no base64, and so would file something else than was sent. */
export const decode = (data: unknown, path: string): Uint8Array => {
  const text = typeof data === 'string' ? data.replace(/\s+/g, '') : '';
  const isFine = /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 && text !== '';
  if (isFine) return Buffer.from(text, 'base64');
  throw refuse('value', 'InvalidDocumentContent: this is not base64, or it is empty.', path);
};

/** "The Document Source shall populate accurate .hash and .size for the document content." Who leaves them out gets them. */
export const measured = (
  attachment: Readonly<Record<string, unknown>>,
  { size, sha1 }: Staged,
  path: string,
): Readonly<Record<string, unknown>> => {
  const hash = Buffer.from(sha1, 'hex').toString('base64');
  const said = { size: attachment['size'], hash: attachment['hash'] };
  if (said.size !== undefined && Number(plainNumber(said.size)) !== size)
    throw refuse(
      'value',
      `XDSRepositoryMetadataError: the document has ${String(size)} bytes.`,
      `${path}.size`,
    );
  if (said.hash !== undefined && said.hash !== hash)
    throw refuse(
      'value',
      `XDSRepositoryMetadataError: this is not the SHA-1 of the document in base64.`,
      `${path}.hash`,
    );
  return { ...attachment, size, hash };
};

const plainNumber = (value: unknown): unknown =>
  isObject(value) && JSON.isRawJSON(value) ? value.rawJSON : value;
