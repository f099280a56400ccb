// Users in a real record store in memory, with a clock the test turns.

import { createUsers, type Users } from '#src/oauth/users/users.ts';
import { newId } from '#src/platform/ids.ts';
import type { RecordStore } from '#src/store/port.ts';
import { createMemoryRecords } from '../../support/memory-store/records.ts';

export interface People {
  readonly records: RecordStore;
  readonly users: Users;
  readonly now: () => number;
  /** Lets time pass. */
  readonly pass: (seconds: number) => void;
}

export const goodPassword = 'violin harbour teapot';

export const createPeople = (): People => {
  let time = Date.now();
  const now = (): number => time;
  const records = createMemoryRecords(now);
  return {
    ...{ records, now, users: createUsers({ records, now, newId }) },
    pass: (seconds) => {
      time += seconds * 1000;
    },
  };
};
