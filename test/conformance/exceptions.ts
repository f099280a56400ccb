// Examples and vectors the server rightly refuses or answers otherwise; conformance/exceptions.md gives the sentence for each.

export interface Exception {
  readonly status: number;
  /** The sentence of the specification that decides. */
  readonly because: string;
}

/** By what the suite calls the case: `Type/id` of an example, `search/`, `fhirpath-patch/` or `validator/` and its name. */
export const exceptions: ReadonlyMap<string, Exception> = new Map<string, Exception>([
  [
    'fhirpath-patch/Consecutive operations',
    {
      status: 422,
      because:
        'Patient.contact: pat-1 "SHALL at least contain a contact\'s details or a reference to an organization"; the second operation adds a contact that has a gender only',
    },
  ],
  [
    'search/Patient?organization=Organization/ijk&_tag={{TAG}}',
    {
      status: 200,
      because:
        'Reference.reference: "a relative reference consists of [type]/[id]"; the stored text "ijk" names no type, so it is no reference to Organization/ijk',
    },
  ],
]);
