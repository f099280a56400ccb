// Vread: one version of a resource as it was.
// https://hl7.org/fhir/R4/http.html#vread

import { gone, notFound } from '../fhir/problem.ts';
import { versionHeaders } from './answers.ts';
import { isUnchanged } from './conditional.ts';
import { locateVersion } from './locate.ts';
import { keyOf } from './parts.ts';
import type { Handler } from './types.ts';

export const vread: Handler = async (request, permit, context) => {
  const { type, id } = keyOf(request);
  const number = request.version ?? '';
  const version = await locateVersion({ type, id, version: number }, permit, context);
  if (!version) throw notFound(type, `${id}/_history/${number}`);
  if (version.deleted) throw gone(type, `${id}/_history/${number}`);

  const headers = versionHeaders(version);
  if (isUnchanged(request.headers, version)) return { status: 304, headers, shown: [version] };
  return { status: 200, text: version.text, headers, shown: [version] };
};
