// The listener in front: a FHIR request wants nothing of Express and is answered before it, by the same endpoint.

import type { RequestListener } from 'node:http';
import type { Fhir } from './fhir.ts';
import { originForm } from './target.ts';

/** Express would add to these requests only a tenth of a millisecond. */
export const createListener =
  (app: RequestListener, fhir: Fhir, mount: string): RequestListener =>
  (req, res) => {
    const url = originForm(req.url ?? '/');
    if (isUnder(url, mount)) void fhir(req, res, url);
    else app(req, res);
  };

const isUnder = (url: string, mount: string): boolean => {
  if (!url.startsWith(mount)) return false;
  const next = url[mount.length];
  return next === undefined || next === '/' || next === '?';
};
