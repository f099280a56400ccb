// The Express application: the list of steps every request goes through that is not answered before it.

import type { RequestListener } from 'node:http';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { noSuchAddress } from '../fhir/problem.ts';
import type { Log } from '../platform/log.ts';
import type { Trusts } from '../platform/trust-proxy.ts';
import { errorResponse } from './errors.ts';
import type { Fhir } from './fhir.ts';
import { securityHeaders } from './headers.ts';
import { standardType } from './negotiate.ts';
import { requestIdOf } from './request-id.ts';
import { createOneName } from './one-name.ts';
import { respond } from './respond.ts';

export interface Site {
  readonly fhir: Fhir;
  readonly mount: string;
  readonly health: RequestHandler;
  /** The authorization server, below `/oauth`. */
  readonly authorization: RequestHandler;
  /** What anybody needs to verify health cards of this server. */
  readonly healthCards: RequestHandler;
  /** The page where anybody checks a health card. */
  readonly verifyCard: RequestHandler;
  /** Our own apps, below `/apps`. */
  readonly apps: RequestHandler;
  /** The first page. */
  readonly home: RequestHandler;
  /** Address browsers know it by: `https://host`. */
  readonly publicUrl: string;
  /** What stands before it and before the public pages. */
  readonly signInLimits: readonly RequestHandler[];
  readonly log: Log;
  readonly trusts: Trusts;
  /** Of every answer, besides the security headers. */
  readonly transport: Readonly<Record<string, string>>;
}

export const createApp = ({
  fhir,
  mount,
  health,
  authorization,
  signInLimits,
  healthCards,
  verifyCard,
  apps,
  home,
  publicUrl,
  log,
  trusts,
  transport,
}: Site): RequestListener => {
  const app = express();
  const oneName = createOneName(publicUrl);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', trusts);
  app.use(secure(transport), health);
  app.use('/oauth', ...signInLimits, authorization);
  app.use('/verify', ...signInLimits, verifyCard);
  app.use('/apps', oneName, apps);
  app.get('/', oneName, home);
  app.use(healthCards);
  app.use(mount, (req, res) => fhir(req, res, req.originalUrl));
  app.use(nowhere, answerError(log));
  return app as RequestListener;
};

const secure =
  (transport: Site['transport']): RequestHandler =>
  (_req, res, next) => {
    for (const [name, value] of securityHeaders) res.setHeader(name, value);
    for (const [name, value] of Object.entries(transport)) res.setHeader(name, value);
    next();
  };

const nowhere: RequestHandler = (req) => {
  throw noSuchAddress(`There is nothing at '${req.path}'.`);
};

const answerError =
  (log: Log): ErrorRequestHandler =>
  async (error, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const requestId = requestIdOf(req.headers);
    await respond(res, errorResponse(error, requestId, log), {
      ...{ requestId, contentType: standardType, isPretty: false, isLast: false },
      acceptEncoding: req.headers['accept-encoding'],
      isHead: req.method === 'HEAD',
    });
  };
