// Service worker: keeps the shell of an app, its page and built files, so that it opens without network. Never what the server answers
// about anybody: that is neither asked for nor kept here. https://w3c.github.io/ServiceWorker/

import { routeOf } from './route.ts';

/** Written in by the build. */
declare const SHELL: {
  /** Of the files' names, which change with their content. */
  readonly version: string;
  /** `/apps/<name>/` */
  readonly base: string;
  /** Below the base: what the first page and reading without network need. */
  readonly files: readonly string[];
};

interface WorkerEvent extends Event {
  readonly waitUntil: (work: Promise<unknown>) => void;
}
interface FetchEvent extends WorkerEvent {
  readonly request: Request;
  readonly respondWith: (answer: Promise<Response>) => void;
}
interface Worker {
  readonly location: Location;
  readonly clients: { readonly claim: () => Promise<void> };
  readonly addEventListener: {
    (type: 'install' | 'activate', listen: (event: WorkerEvent) => void): void;
    (type: 'fetch', listen: (event: FetchEvent) => void): void;
  };
}

const worker = globalThis as unknown as Worker;
const home = new URL(SHELL.base, worker.location.href).href;
const family = `meridian-shell:${SHELL.base}:`;
const name = `${family}${SHELL.version}`;
/** After so long a page that is there already is better than one that may still come. */
const patienceMs = 5000;

// It waits until no page of an older version is open any more, so that each finds its own files.
worker.addEventListener('install', (event) => event.waitUntil(fill()));
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));
worker.addEventListener('fetch', (event) => {
  switch (routeOf(event.request, home)) {
    case 'page':
      event.respondWith(page(event.request));
      return;
    case 'asset':
      event.respondWith(asset(event.request));
      return;
    case 'network':
  }
});

const fill = async (): Promise<void> => {
  const cache = await caches.open(name);
  await cache.addAll([home, ...SHELL.files.map((file) => home + file)]);
};

const takeOver = async (): Promise<void> => {
  const names = await caches.keys();
  const older = names.filter((found) => found.startsWith(family) && found !== name);
  await Promise.all(older.map((found) => caches.delete(found)));
  await worker.clients.claim();
};

/** The newest page there is, or, without network, the one whose files are kept with it. */
const page = async (request: Request): Promise<Response> => {
  const kept = await caches.match(home, { cacheName: name, ignoreVary: true });
  if (kept === undefined) return fetch(request);
  const fresh = fetch(request).then((answer) => (answer.status < 500 ? answer : kept));
  const late = new Promise<Response>((answer) => setTimeout(() => answer(kept), patienceMs));
  return Promise.race([fresh.catch(() => kept), late]);
};

/** What has its content in its name never changes. What was fetched once is there from then on. */
const asset = async (request: Request): Promise<Response> => {
  const kept = await caches.match(request, { cacheName: name, ignoreVary: true });
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.status === 200) {
    const cache = await caches.open(name);
    await cache.put(request, answer.clone());
  }
  return answer;
};
