// Origins: the sites of the registered apps, whose pages a browser may let talk to us.

import type { RecordStore } from '../store/port.ts';

/** So long it does not see an app that has just been registered, or still sees one that has gone. */
const keptMilliseconds = 1_000;

/** Reads the clients at most once a second, however many ask. */
export const createOriginFinder = (records: RecordStore): (() => Promise<ReadonlySet<string>>) => {
  let kept: Promise<ReadonlySet<string>> | undefined;
  let until = 0;
  return () => {
    const now = Date.now();
    if (kept && now < until) return kept;
    until = now + keptMilliseconds;
    kept = records.find('Client', {}).then((clients) => new Set(clients.flatMap(originsOf)));
    // A failure is not kept.
    kept.catch(() => (until = 0));
    return kept;
  };
};

const originsOf = (client: unknown): readonly string[] => {
  const { redirect_uris: uris } = client as { readonly redirect_uris?: unknown };
  if (!Array.isArray(uris)) return [];
  return uris.filter((uri) => typeof uri === 'string' && URL.canParse(uri)).flatMap(originOf);
};

/** The schemes of native apps have no origin. */
const originOf = (uri: string): readonly string[] => {
  const { origin } = new URL(uri);
  return origin === 'null' ? [] : [origin];
};
