// The listener in front: a FHIR request that wants nothing of Express is answered before it, by the same endpoint.

import type { IncomingMessage, RequestListener } from 'node:http';
import type { Fhir } from './fhir.ts';

/** Express would add to these requests only compression, and a tenth of a millisecond. */
export const createListener =
  (app: RequestListener, fhir: Fhir, mount: string): RequestListener =>
  (req, res) => {
    const url = req.url ?? '/';
    if (isUnder(url, mount) && !wantsCompression(req)) void fhir(req, res, url);
    else app(req, res);
  };

const isUnder = (url: string, mount: string): boolean => {
  if (!url.startsWith(mount)) return false;
  const next = url[mount.length];
  return next === undefined || next === '/' || next === '?';
};

const wantsCompression = ({ headers }: IncomingMessage): boolean =>
  /gzip|br|deflate/.test(headers['accept-encoding'] ?? '');
