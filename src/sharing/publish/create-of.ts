// Create of: the request that stands for a resource which the server adds to an upload.

import type { Document } from '../../fhir/resource.ts';
import type { FhirRequest } from '../../interactions/types.ts';

export const createOf = (path: string, body: Document, base: string): FhirRequest => ({
  ...{ method: 'POST', path, query: [], headers: {}, base, body, nested: true },
});
