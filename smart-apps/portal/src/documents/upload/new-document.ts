// New document: what a person says of a file of their own, and the DocumentReference it becomes.
// https://hl7.org/fhir/R4/documentreference.html

import type { DocumentReference } from 'fhir/r4';
import { conceptOf, type DocumentKind } from '../document-kinds.ts';

export interface NewDocument {
  readonly title: string;
  readonly kind: DocumentKind;
  /** The day on the paper: 2024-05-17, or empty. */
  readonly date: string;
}

export interface Filed {
  readonly patient: string;
  /** Who files it: `Patient/1`, or `RelatedPerson/1` for somebody else. */
  readonly by: string;
  readonly at: Date;
  /** Made once for a file, so that it is never filed twice. */
  readonly uuid: string;
  readonly contentType: string;
  readonly size: number;
  /** SHA-1 of the bytes in base64. */
  readonly hash: string;
  /** Of the Binary, such as `Binary/1`. */
  readonly url: string;
}

export const documentOf = (
  { title, kind, date }: NewDocument,
  { patient, by, at, uuid, contentType, size, hash, url }: Filed,
): DocumentReference => ({
  resourceType: 'DocumentReference',
  masterIdentifier: { system: uuidSystem, value: `urn:uuid:${uuid}` },
  status: 'current',
  type: conceptOf(kind),
  subject: { reference: `Patient/${patient}` },
  date: at.toISOString(),
  author: [{ reference: by }],
  description: title.trim(),
  content: [
    {
      attachment: {
        ...{ contentType, url, size, hash, title: title.trim() },
        ...(date === '' ? {} : { creation: date }),
      },
    },
  ],
  ...(date === '' ? {} : { context: { period: { start: date, end: date } } }),
});

/** For If-None-Exist: an answer that was lost does not make a second document. */
export const onceOnly = (uuid: string): string =>
  `identifier=${encodeURIComponent(`${uuidSystem}|urn:uuid:${uuid}`)}`;

const uuidSystem = 'urn:ietf:rfc:3986';

export type Fault = 'noFile' | 'noTitle' | 'future' | 'empty';

export const faultOf = (
  { title, date }: NewDocument,
  file: Pick<Blob, 'size'> | undefined,
  today: string,
): Fault | undefined => {
  if (file === undefined) return 'noFile';
  if (file.size === 0) return 'empty';
  if (title.trim() === '') return 'noTitle';
  return date > today ? 'future' : undefined;
};
