// Assets: the stylesheet and the few scripts of the sign-in pages, served under names that change with their content.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';

export type AssetName =
  | 'style.css'
  | 'passkey.js'
  | 'webauthn.js'
  | 'idle.js'
  | 'scan-card.js'
  | 'qr/decode.js'
  | 'qr/index.js'
  | 'sign-out.js';

interface Asset {
  readonly href: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** Where everything of OAuth is mounted; the browser sees the same path. */
export const oauthMount = '/oauth';

const folder = join(import.meta.dirname, '..', 'assets');

/** The libraries' own files, so that no page loads anything of another site. */
const webauthn = fileURLToPath(import.meta.resolve('@simplewebauthn/browser'));
const qr = fileURLToPath(import.meta.resolve('qr'));

const files: Readonly<Record<AssetName, string>> = {
  'style.css': join(folder, 'style.css'),
  'passkey.js': join(folder, 'passkey.js'),
  'webauthn.js': join(webauthn, '..', '..', 'dist', 'bundle', 'index.umd.min.js'),
  'idle.js': join(folder, 'idle.js'),
  'sign-out.js': join(folder, 'sign-out.js'),
  'scan-card.js': join(folder, 'scan-card.js'),
  'qr/decode.js': join(qr, '..', 'decode.js'),
  'qr/index.js': qr,
};

const load = (name: AssetName): Asset => {
  const bytes = readFileSync(files[name]);
  const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
  return { href: hrefOf(name, bytes), type: `${type}; charset=utf-8`, bytes };
};

/** Files that ask for one another by name keep theirs; then it is their folder's that changes. */
const hrefOf = (name: AssetName, bytes: Buffer): string => {
  const [folder = '', file] = name.split('/');
  if (file === undefined) return `${oauthMount}/assets/${name.replace('.', `-${hashOf(bytes)}.`)}`;
  const beside = Object.entries(files).filter(([other]) => other.startsWith(`${folder}/`));
  const all = Buffer.concat(beside.map(([, path]) => readFileSync(path)));
  return `${oauthMount}/assets/${folder}-${hashOf(all)}/${file}`;
};

const hashOf = (bytes: Buffer): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 16);

const assets = Object.fromEntries(
  (Object.keys(files) as AssetName[]).map((name) => [name, load(name)]),
) as Readonly<Record<AssetName, Asset>>;

/** The address of an asset, for a link or script element. */
export const assetHref = (name: AssetName): string => assets[name].href;

const byHref = new Map(Object.values(assets).map((asset) => [asset.href, asset]));

/** Answers GET and HEAD of the assets, mounted at the root or under the mount; all else goes on. */
export const serveAssets: RequestHandler = (req, res, next) => {
  const asset = byHref.get(req.originalUrl);
  if (asset === undefined || (req.method !== 'GET' && req.method !== 'HEAD')) {
    next();
    return;
  }
  // The name changes with the content, so what was fetched once never has to be asked for again.
  res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  res.setHeader('Content-Type', asset.type);
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Content-Length', asset.bytes.length);
  res.end(req.method === 'HEAD' ? undefined : asset.bytes);
};
