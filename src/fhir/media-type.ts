// Media types: the names of JSON, and the parameters that matter.
// https://hl7.org/fhir/R4/http.html#mime-type

export const jsonTypes: ReadonlySet<string> = new Set([
  'application/fhir+json',
  'application/json',
  'text/json',
  // The name of DSTU2, still sent.
  'application/json+fhir',
]);

/** The type without its parameters, in lower case. */
export const mediaType = (text: string): string => {
  const end = text.indexOf(';');
  return (end < 0 ? text : text.slice(0, end)).trim().toLowerCase();
};

export const charsetOf = (text: string): string | undefined =>
  /;\s*charset="?([^\s";]+)/i.exec(text)?.[1]?.toLowerCase();

/** The FHIR version it asks for or is of, when that is another than this server's. */
export const otherFhirVersion = (text: string): string | undefined => {
  const version = /;\s*fhirVersion="?([^\s";]+)/i.exec(text)?.[1];
  return version === undefined || /^4\.0(\.|$)/.test(version) ? undefined : version;
};

/** Whether Accept names FHIR's own JSON type: how a client asks for a Binary as a resource. */
export const namesFhirJson = (accept: string | undefined): boolean =>
  accept !== undefined &&
  accept.split(',').some((range) => mediaType(range) === 'application/fhir+json');
