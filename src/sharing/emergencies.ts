// emergencies: whose records a clinician may read just now because of an emergency, and until when.

import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '../access/caller.ts';
import { isObject } from '../fhir/resource.ts';
import type { RecordStore } from '../store/port.ts';

export interface Emergency {
  /** Logical id of the Patient. */
  readonly patient: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Those of the caller's user in the organization the caller acts for, that have not ended. Asked for every request. */
export type FindEmergencies = (caller: Caller) => Promise<readonly Emergency[]>;

/** An emergency as it is kept. */
export interface KeptEmergency extends Emergency {
  /** Id of the Task that stands for it. */
  readonly task: string;
  readonly organization: string;
}

export interface Emergencies {
  readonly find: FindEmergencies;
  /** Opens a record to a user. */
  open(user: string, emergency: KeptEmergency): Promise<void>;
  /** Ends what stands under a Task, for the very next request. */
  end(task: string): Promise<void>;
}

export interface EmergencySources {
  readonly records: Pick<RecordStore, 'get' | 'add' | 'put' | 'replace'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** All of one user are one record, so that a request finds them in one look; whose a Task is stands in another. */
export const createEmergencies = ({ records, now }: EmergencySources): Emergencies => {
  // Only this file writes these kinds.
  const read = async (user: string) => (await records.get(kind, user)) as Kept | undefined;
  const change = async (user: string, edit: Edit): Promise<void> => {
    for (;;) {
      const before = await read(user);
      const inTime = (before?.list ?? []).filter(({ until }) => until > now());
      const after: Kept = { list: edit(inTime) };
      const isDone =
        before === undefined
          ? await records.add(kind, user, after)
          : await records.replace(kind, user, after, before);
      if (isDone) return;
    }
  };
  return {
    find: async ({ role, user, organization }) => {
      if (role !== 'clinician' || user === undefined) return [];
      const { list = [] } = (await read(user)) ?? {};
      return list.filter((each) => each.organization === organization && each.until > now());
    },
    open: async (user, emergency) => {
      await records.put(taskKind, emergency.task, { user }, new Date(emergency.until));
      await change(user, (list) => [...list, emergency]);
    },
    end: async (task) => {
      const owner = await records.get(taskKind, task);
      if (!isObject(owner)) return;
      await change(String(owner['user']), (list) => list.filter((each) => each.task !== task));
    },
  };
};

interface Kept {
  readonly list: readonly KeptEmergency[];
}
type Edit = (list: readonly KeptEmergency[]) => readonly KeptEmergency[];

const kind = 'emergency';
const taskKind = 'emergency-task';

/**
 * The caller with the emergencies that are open just now: rights and the audit go by them. The same caller where there is none,
 * and the same object as long as the same are open, so that what is made of a caller can be kept with it.
 */
export const createMarkEmergencies = (find: FindEmergencies) => {
  const known = new WeakMap<Caller, Caller>();
  return async (caller: Caller): Promise<Caller> => {
    const emergencies = await find(caller);
    if (emergencies.length === 0) return caller;
    const before = known.get(caller);
    if (before && isDeepStrictEqual(before.emergencies, emergencies)) return before;
    const marked = { ...caller, emergencies };
    known.set(caller, marked);
    return marked;
  };
};
