// Last use: when somebody last used one of our apps in this browser. One time for all of them, as they have one session at the server.

import type { LastUse } from './idle.ts';

const key = 'meridian:used-at';

/** A browser that keeps nothing knows of one tab only, and the server asks for the password in the next. */
export const lastUse: LastUse = {
  read: () => {
    const at = Number(stored() ?? Number.NaN);
    return Number.isFinite(at) ? at : undefined;
  },
  write: (at) => {
    try {
      localStorage.setItem(key, String(at));
    } catch {
      // There is no room.
    }
  },
};

const stored = (): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

/** Of this page alone: reading what a device keeps is no sign-in. */
export const ownLastUse = (): LastUse => {
  let last: number | undefined;
  return {
    read: () => last,
    write: (at) => {
      last = at;
    },
  };
};
