// find-patient: the Patient an emergency is about, by the id in the address or by health ID, whatever the caller may see.

import { invalid } from '../../fhir/problem.ts';
import { survivorOfId } from '../../health-id/resolve.ts';
import type { Context, FhirRequest } from '../../interactions/types.ts';
import type { Version } from '../../store/port.ts';
import type { Inputs } from '../parameters.ts';
import type { SharingParts } from './parts.ts';
import { malformed, readNamed } from './read-asking.ts';

export interface Look {
  /** What was asked for, as an answer names it. */
  readonly named: string;
  /** Who was merged is the survivor; undefined when there is nobody. */
  find(context: Context): Promise<Version | undefined>;
}

/** What to look for, read before anything is looked up. */
export const lookFor = (
  { id }: FhirRequest,
  inputs: Inputs,
  { resolve, system }: SharingParts,
): Look => {
  if (id !== undefined && inputs.has('identifier'))
    throw invalid("Send the id in the address or 'identifier', not both.", 'identifier');
  if (id !== undefined)
    return { named: id, find: ({ store }) => survivorOfId(id, store.resources) };
  const { value } = readNamed(inputs, system);
  return {
    named: value,
    find: async () => {
      const found = await resolve(value);
      if (found.kind === 'malformed') throw malformed(found.why);
      return found.kind === 'known' ? found.version : undefined;
    },
  };
};
