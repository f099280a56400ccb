// survivor: who asks for a Patient that was merged is led to the one it was merged into.
// https://hl7.org/fhir/R4/patient-definitions.html#Patient.link.type

import type { Permit } from '../access/permit.ts';
import { survivorOf } from '../fhir/merged.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Version } from '../store/port.ts';
import { locate } from './locate.ts';
import type { Context } from './types.ts';

/** undefined when it was not merged, or into one that the caller may not see. */
export const findSurvivor = async (
  { type, text }: Version,
  permit: Permit,
  context: Pick<Context, 'store'>,
): Promise<Version | undefined> => {
  // Hardly any is, and a read should not have to parse.
  if (type !== 'Patient' || !text.includes('"replaced-by"')) return undefined;
  const id = survivorOf(JSON.parse(text) as Resource);
  const found = id === undefined ? undefined : await locate({ type, id }, permit, context);
  return found?.deleted === false ? found : undefined;
};
