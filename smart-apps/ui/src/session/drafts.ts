// Drafts: what a person is typing, kept in this tab until it is sent, so that a lost network or an ended session loses nothing.

const prefix = 'meridian:draft:';
const owner = 'meridian:drafts-of';

/** What was kept by another version of a form, or by nobody, is undefined. */
export const readDraft = (key: string): unknown => {
  const text = sessionStorage.getItem(prefix + key);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

export interface Draft<T> {
  readonly place: string;
  readonly value: T;
}

/** The draft of a place: the one at hand when it is of that place, else what is kept there. */
export const draftAt = <T>(place: string, initial: T, hand?: Draft<T>): Draft<T> =>
  hand?.place === place ? hand : { place, value: (readDraft(place) as T | undefined) ?? initial };

/** A tab that has no room left goes on without. */
export const keepDraft = (key: string, value: unknown): void => {
  try {
    sessionStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    dropDraft(key);
  }
};

export const dropDraft = (key: string): void => {
  sessionStorage.removeItem(prefix + key);
};

/** Whether this tab was another person's until now. The hospital a person works for may stand behind who it is. */
export const isOfAnother = (user: string): boolean => {
  const before = sessionStorage.getItem(owner);
  return before !== null && before.split(' ')[0] !== user;
};

/** Call when somebody has signed in, as whom: what another person typed in this tab is not theirs to see. */
export const claimDrafts = (writer: string): void => {
  if (sessionStorage.getItem(owner) !== writer) forgetDrafts();
  sessionStorage.setItem(owner, writer);
};

const forgetDrafts = (): void => {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(prefix)) sessionStorage.removeItem(key);
};
