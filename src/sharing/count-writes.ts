// count-writes: how often something was written by which sharing is decided, so that it is not looked up for each request.

import type { Change, ResourceStore } from '../store/port.ts';

export interface Counted {
  /** The same store. */
  readonly resources: ResourceStore;
  /** Grows with every commit that writes or indexes a Consent, a role of a practitioner or an organization. */
  readonly written: () => number;
}

export const countWrites = (resources: ResourceStore): Counted => {
  let written = 0;
  return {
    resources: {
      ...resources,
      commit: async (changes) => {
        try {
          await resources.commit(changes);
        } finally {
          // A commit of which nobody knows whether it was done counts as well.
          if (changes.some(isDeciding)) written += 1;
        }
      },
    },
    written: () => written,
  };
};

const deciding: ReadonlySet<string> = new Set(['Consent', 'PractitionerRole', 'Organization']);

const isDeciding = (change: Change): boolean => {
  if (change.kind === 'check') return false;
  return deciding.has(change.kind === 'put' ? change.version.type : change.key.type);
};
