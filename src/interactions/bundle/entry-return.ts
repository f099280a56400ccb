// What the entries of a batch or transaction give back of the resources they wrote.
// https://hl7.org/fhir/R4/http.html#transaction-response

import { preferredReturn, type Return } from '../prefer.ts';

/** Without a word of the client nothing: it has what it sent, and a Bundle of thousands would be sent back for nothing. */
export const entryReturn = (prefer: string | undefined): Return =>
  prefer !== undefined && /(^|[,;\s])return\s*=/.test(prefer) ? preferredReturn(prefer) : 'minimal';
