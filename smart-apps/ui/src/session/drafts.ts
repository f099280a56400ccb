// Drafts: what a person is typing, kept in this tab until it is sent, so that a lost network or an ended session loses nothing.

const prefix = 'meridian:draft:';

export const readDraft = (key: string): unknown => {
  const text = sessionStorage.getItem(prefix + key);
  return text === null ? undefined : (JSON.parse(text) as unknown);
};

export const keepDraft = (key: string, value: unknown): void => {
  sessionStorage.setItem(prefix + key, JSON.stringify(value));
};

export const dropDraft = (key: string): void => {
  sessionStorage.removeItem(prefix + key);
};

export const forgetDrafts = (): void => {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(prefix)) dropDraft(key.slice(prefix.length));
};
