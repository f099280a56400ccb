// Apps: the built pages of our own apps, below `/apps/<name>/`, each file as it was built beforehand: plain, gzip or brotli.

import { stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { ownApp, type OwnApp } from '../access/own-apps.ts';
import { appHeaders } from './app-headers.ts';

export interface Apps {
  /** Holds the apps' folders, each with its `dist`. */
  readonly folder: string;
  /** Address clients use: `https://host`. */
  readonly publicUrl: string;
  /** The pages that say which apps there are, and that one was not built. */
  readonly list: RequestHandler;
  /** Answers 404. */
  readonly sendMissing: (res: Response, app: OwnApp) => void;
  /** The sites of the registered apps, which may be shown in a frame. */
  readonly findOrigins: () => Promise<ReadonlySet<string>>;
}

/** Public: a page says nothing of anybody until its app has a token. Mounted at `/apps`. */
export const createApps = (apps: Apps): RequestHandler => {
  // An application of its own, because files want an ETag and answers of the API have theirs.
  const router = express();
  router.disable('x-powered-by').enable('strict routing');
  router.get('/', apps.list);
  router.get('/:name', (req, res, next) => {
    if (ownApp(req.params.name)) res.redirect(308, `${req.baseUrl}${withSlash(req.url)}`);
    else next();
  });
  router.get('/:name/*path', serve(apps));
  router.get('/:name/', serve(apps));
  return router;
};

/** What the address asks besides goes along: the answer to a launch. */
const withSlash = (url: string): string => url.replace(/^([^?]*)/, '$1/');

const serve =
  (apps: Apps): RequestHandler<{ readonly name: string; readonly path?: string[] }> =>
  async (req, res, next) => {
    const { name, path = [] } = req.params;
    const app = ownApp(name);
    if (!app) {
      next();
      return;
    }
    const root = join(apps.folder, name, 'dist');
    const asked = path.join('/');
    const file = isPage(path) ? 'index.html' : asked;
    if (file === 'index.html' && !(await isThere(join(root, file)))) {
      apps.sendMissing(res, app);
      return;
    }
    const headers = { ...appHeaders(app, apps.publicUrl, await apps.findOrigins()), ...keep(file) };
    if (!(await sendBest({ root, file, headers }, req, res))) next();
  };

/**
 * "History fallback": what is no file is a page inside the app, which shows the right one by the address. Besides `assets`
 * files lie in no folder; the last part of a page's address may be the id of a resource, which may have dots in it.
 */
const isPage = (path: readonly string[]): boolean => {
  const last = path.at(-1) ?? '';
  if (path[0] === 'assets' || last.includes('..')) return false;
  return path.length > 1 || !last.includes('.');
};

/** The name of what is in `assets` changes with its content; everything else is asked for again, by its ETag. */
const keep = (file: string): Readonly<Record<string, string>> => ({
  'Cache-Control': file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
});

interface Sending {
  readonly root: string;
  readonly file: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The smallest first, whatever order a browser names them in. */
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
  ['identity', ''],
] as const;

/** The first form the browser takes that was built. Whether there was one. */
const sendBest = async (
  { root, file, headers }: Sending,
  req: Request,
  res: Response,
): Promise<boolean> => {
  const path = resolve(root, file);
  if (!path.startsWith(root + sep) || /\0|(^|\/)\./.test(file)) return false;
  res.vary('Accept-Encoding');
  for (const [encoding, suffix] of encodings) {
    if (suffix !== '' && req.acceptsEncodings(encoding) === false) continue;
    if (!(await isThere(path + suffix))) continue;
    res.type(extname(file));
    const encoded = suffix === '' ? {} : { 'Content-Encoding': encoding };
    await send(res, file + suffix, { root, headers: { ...headers, ...encoded } });
    return true;
  }
  return false;
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

const send = (
  res: Response,
  file: string,
  options: { readonly root: string; readonly headers: Readonly<Record<string, string>> },
): Promise<void> =>
  new Promise((sent, failed) => {
    const settings = { ...options, cacheControl: false, dotfiles: 'ignore' } as const;
    res.sendFile(file, settings, (error?: Error & { readonly code?: string }) => {
      // Who went away in the middle has nothing to be told.
      if (error && error.code !== 'ECONNABORTED' && !res.headersSent) failed(error);
      else sent();
    });
  });
