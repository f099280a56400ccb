// Read: the current version of a resource, or 304 when the client has it already.
// https://hl7.org/fhir/R4/http.html#read

import type { Permit } from '../access/permit.ts';
import { survivorOf } from '../fhir/merged.ts';
import { gone, notFound } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Version } from '../store/port.ts';
import { versionHeaders } from './answers.ts';
import { isUnchanged } from './conditional.ts';
import { locate } from './locate.ts';
import { keyOf } from './parts.ts';
import type { Context, Handler } from './types.ts';

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

/** Who asks for a Patient that was merged is led to the one it was merged into, if they may see that. */
const findSurvivor = async (
  { type, text }: Version,
  permit: Permit,
  context: Context,
): Promise<Version | undefined> => {
  // Hardly any is, and a read should not have to parse.
  if (type !== 'Patient' || !text.includes('"replaced-by"')) return undefined;
  const id = survivorOf(JSON.parse(text) as Resource);
  const found = id === undefined ? undefined : await locate({ type, id }, permit, context);
  return found?.deleted === false ? found : undefined;
};
