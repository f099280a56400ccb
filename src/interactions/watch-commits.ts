// Tells who keeps what it read from definitional resources that one of them was written, by this process or another.

import { randomUUID } from 'node:crypto';
import type { RecordStore, ResourceStore } from '../store/port.ts';

export interface Watching {
  /** The same store; `changed` is called after each commit that writes one of the types. */
  readonly resources: ResourceStore;
  /** Ends the looking for what others have written. */
  readonly stop: () => void;
}

export interface Watched {
  readonly resources: ResourceStore;
  readonly records: RecordStore;
}

export interface Watch {
  /** By default those that define what others mean. */
  readonly types?: ReadonlySet<string>;
  readonly changed: () => void;
  /** How often to look whether another process has written; without it there is no other. */
  readonly everySeconds?: number | undefined;
}

/** How long another server may go on with a value set as it was before it was written here. */
export const othersEverySeconds = 5;

const definitional: ReadonlySet<string> = new Set([
  'CodeSystem',
  'ValueSet',
  'StructureDefinition',
  'ConceptMap',
]);

const kind = 'changed';
const id = 'definitional';

/** Each such commit leaves a mark of its own, which the other processes see within `everySeconds`. */
export const watchCommits = (
  { resources, records }: Watched,
  { types = definitional, changed, everySeconds }: Watch,
): Watching => {
  let seen: string | undefined;
  const leaveMark = async (): Promise<void> => {
    seen = randomUUID();
    await records.put(kind, id, { mark: seen });
  };
  const look = async (): Promise<void> => {
    const found = (await records.get(kind, id)) as { readonly mark: string } | undefined;
    if (found === undefined || found.mark === seen) return;
    seen = found.mark;
    changed();
  };
  // What cannot be looked up now is looked up the next time.
  const timer =
    everySeconds === undefined
      ? undefined
      : setInterval(() => void look().catch(() => undefined), everySeconds * 1000).unref();

  return {
    resources: {
      ...resources,
      commit: async (changes) => {
        await resources.commit(changes);
        if (!changes.some((change) => change.kind === 'put' && types.has(change.version.type)))
          return;
        changed();
        // The commit is done, whatever becomes of the mark.
        if (everySeconds !== undefined) await leaveMark().catch(() => undefined);
      },
    },
    stop: () => {
      clearInterval(timer);
    },
  };
};
