// Came from: whether the page before this one, in the history of the browser, is the one a way back leads to.
// https://developer.mozilla.org/docs/Web/API/Navigation

interface Entry {
  readonly url: string | null;
  readonly index: number;
}

interface History {
  readonly currentEntry: Entry | null;
  readonly entries: () => readonly Entry[];
}

/** `path` is the page's without what it asks besides. Browsers that do not tell answer no. */
export const cameFrom = (path: string): boolean => {
  const { navigation } = globalThis as { readonly navigation?: History };
  const current = navigation?.currentEntry?.index;
  const before = current === undefined ? undefined : navigation?.entries()[current - 1];
  return before?.url ? new URL(before.url).pathname === path : false;
};
