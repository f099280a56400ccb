// Attachment: what of a document is shown, how, and under which name it is saved. https://hl7.org/fhir/R4/documentreference.html

import type { Attachment, DocumentReference } from 'fhir/r4';

export type Showing = 'pdf' | 'image' | 'text' | 'none';

/** The first form of the document that can be shown, or else the first there is. */
export const attachmentOf = ({ content }: DocumentReference): Attachment | undefined => {
  const attachments = (content as DocumentReference['content'] | undefined) ?? [];
  const all = attachments.map(({ attachment }) => attachment);
  return all.find(({ contentType }) => showingOf(contentType) !== 'none') ?? all[0];
};

/** Pages that could carry scripts are never shown, only saved. */
export const showingOf = (contentType: string | undefined): Showing => {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/pdf') return 'pdf';
  if (type === 'text/plain') return 'text';
  return images.has(type) ? 'image' : 'none';
};

/** What every browser of today draws. */
const images: ReadonlySet<string> = new Set([
  ...['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'],
]);

/** More than this is only saved, not drawn: a phone would run out of memory. In bytes. */
export const mostShown = 30_000_000;

/** Of the title, without what a file system forbids, and with the ending of its type. */
export const fileNameOf = (attachment: Attachment, otherwise: string): string => {
  const name = (attachment.title ?? otherwise).replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim();
  const ending = endings[attachment.contentType?.split(';')[0] ?? ''];
  if (ending === undefined || name.toLowerCase().endsWith(ending)) return name || 'document';
  return `${name || 'document'}${ending}`;
};

const endings: Readonly<Record<string, string>> = {
  'application/pdf': '.pdf',
  'text/plain': '.txt',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
};
