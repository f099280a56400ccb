// Text attachment: words inside a document, as they were written. https://hl7.org/fhir/R4/datatypes.html#Attachment

import type { Attachment } from 'fhir/r4';

export const textAttachment = (text: string, title: string, creation: string): Attachment => {
  const bytes = new TextEncoder().encode(text);
  const data = btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));
  return { contentType: 'text/plain; charset=utf-8', data, size: bytes.length, title, creation };
};
