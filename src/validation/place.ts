// Place: where in a resource the walk stands; the FHIRPath of it is written only when an issue needs it.
// https://hl7.org/fhir/R4/fhirpath.html

export interface Place {
  readonly up?: Place;
  /** Name of the element as FHIRPath has it (`value` for `valueQuantity`), or of the resource type at the root. */
  readonly step: string;
  /** In a list; -1 where the element does not repeat. */
  readonly index: number;
  readonly value: unknown;
  /** Name of the value's type. */
  readonly type: string;
}

/** `Patient.contact[1].telecom[0].system` */
export const pathOf = (place: Place): string => {
  const step = place.index < 0 ? place.step : `${place.step}[${String(place.index)}]`;
  return place.up ? `${pathOf(place.up)}.${step}` : step;
};

/** A name as a FHIRPath step, in backticks when it is no identifier. */
export const stepOf = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${shorten(name).replace(/[`\\]/g, '\\$&')}\``;

/** What a client sent, short enough for a message. */
export const shorten = (text: string): string =>
  text.length > 60 ? `${text.slice(0, 57)}...` : text;
