// Tab: where this tab keeps its session. An app in a frame shares the storage of the app around it, so each has its own place.
// https://html.spec.whatwg.org/multipage/webstorage.html#the-sessionstorage-attribute

export interface Tab {
  /** Under which the SMART library keeps the session. */
  readonly sessionKey: () => string | undefined;
  readonly keepSessionKey: (key: string) => void;
  readonly dropSession: () => void;
  /** Where the person was when signing in began; given once. */
  readonly takePlace: () => string | null;
  readonly keepPlace: (path: string) => void;
}

export const tabOf = (app: string): Tab => {
  const frame = isFramed() ? ':framed' : '';
  const session = `meridian:session:${app}${frame}`;
  const place = `meridian:came-from:${app}${frame}`;
  const sessionKey = (): string | undefined => sessionStorage.getItem(session) ?? undefined;
  return {
    sessionKey,
    keepSessionKey: (key) => sessionStorage.setItem(session, key),
    dropSession: () => {
      const key = sessionKey();
      if (key !== undefined) sessionStorage.removeItem(key);
      sessionStorage.removeItem(session);
    },
    takePlace: () => {
      const path = sessionStorage.getItem(place);
      sessionStorage.removeItem(place);
      return path;
    },
    keepPlace: (path) => sessionStorage.setItem(place, path),
  };
};

export const isFramed = (): boolean => globalThis.top !== globalThis.self;
