// Literal references: which resource of this server a text such as "Patient/1/_history/2" names.
// https://hl7.org/fhir/R4/references.html#literal

export interface LiteralReference {
  readonly type: string;
  readonly id: string;
  readonly version?: string;
}

const idPattern = /^[A-Za-z0-9\-.]{1,64}$/;
const localPattern =
  /^([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/([A-Za-z0-9\-.]{1,64}))?$/;
const remotePattern =
  /^https?:\/\/[^?#]*\/([A-Z][A-Za-z]{1,63})\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

export const isId = (text: string): boolean => idPattern.test(text);

/**
 * A relative reference, or an absolute one to our `base` (without a trailing slash). undefined for what is not ours to
 * resolve by type and id: other servers, fragments, urn:, conditional references, canonicals.
 */
export const readReference = (text: string, base?: string): LiteralReference | undefined => {
  const match = localPattern.exec(withoutBase(text, base));
  if (match === null) return undefined;
  const [, type, id, version] = match;
  return version === undefined ? { type: type!, id: id! } : { type: type!, id: id!, version };
};

/** The resource type a reference names, on whichever server it is; undefined when the text does not tell. */
export const typeOfReference = (text: string): string | undefined =>
  localPattern.exec(text)?.[1] ?? remotePattern.exec(text)?.[1];

const withoutBase = (text: string, base: string | undefined): string =>
  base !== undefined && text.startsWith(base) && text.charCodeAt(base.length) === 47
    ? text.slice(base.length + 1)
    : text;
