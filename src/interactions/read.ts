// Read: the current version of a resource, or 304 when the client has it already.
// https://hl7.org/fhir/R4/http.html#read

import { gone, notFound } from '../fhir/problem.ts';
import { versionHeaders } from './answers.ts';
import { isUnchanged } from './conditional.ts';
import { locate } from './locate.ts';
import { keyOf } from './parts.ts';
import { findSurvivor } from './survivor.ts';
import type { Handler } from './types.ts';

export const read: Handler = async (request, permit, context) => {
  const key = keyOf(request);
  const version = await locate(key, permit, context);
  if (!version) throw notFound(key.type, key.id);
  if (version.deleted) throw gone(key.type, key.id);

  const survivor = await findSurvivor(version, permit, context);
  const shown = survivor ?? version;
  const headers = {
    ...versionHeaders(shown),
    ...(survivor ? { 'content-location': `${request.base}/Patient/${survivor.id}` } : {}),
  };
  if (isUnchanged(request.headers, shown)) return { status: 304, headers, shown: [shown] };
  return { status: 200, text: shown.text, headers, shown: [shown] };
};
