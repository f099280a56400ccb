// Tells who keeps what it read from definitional resources that one of them was written.

import type { ResourceStore } from '../store/port.ts';

/** The same store; `changed` is called after each commit that writes one of these types. */
export const watchCommits = (
  resources: ResourceStore,
  types: ReadonlySet<string>,
  changed: () => void,
): ResourceStore => ({
  ...resources,
  commit: async (changes) => {
    await resources.commit(changes);
    if (changes.some((change) => change.kind === 'put' && types.has(change.version.type)))
      changed();
  },
});
