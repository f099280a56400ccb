// Identity: under which name the bytes of a document are kept for a while, so that nobody is shown those of another.

import type { Attachment } from 'fhir/r4';

/** Bytes have an address, or are in the attachment itself: then it is this very attachment, however much another looks like it. */
export const attachmentKey = (attachment: Attachment | undefined): readonly unknown[] => {
  if (attachment === undefined) return ['Binary', 'bytes'];
  const { data, url, hash } = attachment;
  return ['Binary', 'bytes', url, hash, ...(data === undefined ? [] : [identityOf(attachment)])];
};

/** A number for this thing alone. */
export const identityOf = (thing: object): number => {
  const known = numbers.get(thing);
  if (known !== undefined) return known;
  last += 1;
  numbers.set(thing, last);
  return last;
};

const numbers = new WeakMap<object, number>();
let last = 0;
