// Watch numbers: tells under which health IDs Patients were written, so that what waits for them is tried again.

import type { Definitions } from '../../fhir/definitions/types.ts';
import { valueParams } from '../../search/value-params.ts';
import type { Change, ResourceStore } from '../../store/port.ts';

export interface Watching {
  readonly definitions: Definitions;
  /** The network's own identifier system. */
  readonly system: string;
  /** Called when the write is done. */
  readonly written: (numbers: readonly string[]) => void;
}

/** The same store. Who is new has a number that nobody could have named before. */
export const watchNumbers = (resources: ResourceStore, watching: Watching): ResourceStore => ({
  ...resources,
  commit: async (changes) => {
    await resources.commit(changes);
    const numbers = changes.flatMap((change) => numbersIn(change, watching));
    if (numbers.length > 0) watching.written(numbers);
  },
});

const numbersIn = (change: Change, { definitions, system }: Watching): readonly string[] => {
  if (change.kind !== 'put' || change.version.type !== 'Patient') return [];
  if (change.version.deleted || change.version.version === '1') return [];
  const params = valueParams('Patient', 'identifier', definitions);
  return change.entries.flatMap((entry) =>
    entry.kind === 'token' && params.includes(entry.param) && entry.system === system
      ? [entry.code]
      : [],
  );
};
