// Route: which requests of an app the service worker answers: its page and its own built files, and nothing else at all.

export interface Asked {
  readonly method: string;
  readonly url: string;
  /** `navigate` where a page is opened. */
  readonly mode: string;
}

/** `page` and `asset` may come from the shell; `network` is left alone: FHIR, signing in, and every other address. */
export type Route = 'page' | 'asset' | 'network';

/** `home` is the whole address of the app with its slash. */
export const routeOf = ({ method, url, mode }: Asked, home: string): Route => {
  const { href, pathname } = new URL(url);
  if (method !== 'GET' || !href.startsWith(home)) return 'network';
  if (href.startsWith(`${home}assets/`)) return 'asset';
  const isFile = pathname.slice(pathname.lastIndexOf('/') + 1).includes('.');
  return mode === 'navigate' && !isFile ? 'page' : 'network';
};
