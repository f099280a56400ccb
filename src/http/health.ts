// Health: whether the process lives, whether it can serve, and to whom it may concern its numbers.
// https://prometheus.io/docs/instrumenting/exposition_formats/

import { hash, timingSafeEqual } from 'node:crypto';
import express, { type Request, type RequestHandler } from 'express';
import type { Metrics } from '../platform/metrics.ts';

export interface Vitals {
  readonly metrics: Metrics;
  /** Rejects when the store cannot serve. */
  readonly ping: () => Promise<void>;
  readonly isStopping: () => boolean;
  /** The bearer token for the numbers; without one they are for this machine only. */
  readonly metricsSecret: string | undefined;
  /** Network address of who asks. */
  readonly addressOf: (req: Request) => string;
}

export const createHealth = (vitals: Vitals): RequestHandler => {
  const { metrics, ping, isStopping, metricsSecret, addressOf } = vitals;
  const router = express.Router();
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const isReady = !isStopping() && (await ping().then(yes, no));
    res.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready' });
  });
  router.get('/metrics', async (req, res) => {
    if (metricsSecret !== undefined && !bears(req, metricsSecret)) {
      res.set('WWW-Authenticate', 'Bearer realm="metrics"').status(401).type('text');
      res.send('Send the secret of METRICS_SECRET as a bearer token.\n');
    } else if (metricsSecret === undefined && !isHere(addressOf(req)))
      res
        .status(403)
        .type('text')
        .send('Only this machine may ask, unless METRICS_SECRET is set.\n');
    else res.type(metrics.contentType).send(await metrics.text());
  });
  return router;
};

const bears = ({ headers }: Request, secret: string): boolean => {
  const [, token = ''] = /^bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const [its, wanted] = [token, secret].map((text) => hash('sha256', text, 'buffer'));
  return timingSafeEqual(its!, wanted!);
};

const isHere = (address: string): boolean => address === '::1' || address.startsWith('127.');

const yes = (): boolean => true;
const no = (): boolean => false;
