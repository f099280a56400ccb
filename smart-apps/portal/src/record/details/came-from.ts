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

/** `isIt` is asked about the path of the page before. Browsers that do not tell answer no. */
export const cameFrom = (isIt: (path: string) => boolean): boolean => {
  const { navigation } = globalThis as { readonly navigation?: History };
  const current = navigation?.currentEntry?.index;
  const before = current === undefined ? undefined : navigation?.entries()[current - 1];
  return before?.url ? isIt(new URL(before.url).pathname) : false;
};
