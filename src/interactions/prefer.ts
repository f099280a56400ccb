// Prefer: what the client wants back from a write, and how strict a search is to be.
// https://hl7.org/fhir/R4/http.html#ops

export type Return = 'minimal' | 'representation' | 'OperationOutcome';

/** Without a word of the client the resource itself is the answer. */
export const preferredReturn = (prefer: string | undefined): Return => {
  const asked = preference(prefer, 'return');
  return asked === 'minimal' || asked === 'OperationOutcome' ? asked : 'representation';
};

export const preferredHandling = (prefer: string | undefined): 'strict' | 'lenient' =>
  preference(prefer, 'handling') === 'lenient' ? 'lenient' : 'strict';

const preference = (prefer: string | undefined, name: string): string | undefined =>
  prefer
    ?.split(/[,;]/)
    .map((part) => part.trim().split('='))
    .find(([key]) => key?.trim().toLowerCase() === name)?.[1]
    ?.trim()
    .replaceAll('"', '');
