// Digest: whether the bytes that came are those that were filed. https://hl7.org/fhir/R4/datatypes.html#Attachment

import type { Attachment } from 'fhir/r4';

export type Digest = 'match' | 'mismatch' | 'not said';

/** `hash` is the SHA-1 of the bytes, in base64. */
export const checkDigest = async (
  { hash }: Pick<Attachment, 'hash'>,
  bytes: ArrayBuffer,
): Promise<Digest> => {
  if (hash === undefined) return 'not said';
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
  const said = hash.replaceAll(/\s/g, '');
  if (said === btoa(String.fromCharCode(...sum))) return 'match';
  // Some write it in hexadecimal, which is not as told but tells the same.
  const hexadecimal = [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return said.toLowerCase() === hexadecimal ? 'match' : 'mismatch';
};
