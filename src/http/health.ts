// Health: whether the process lives, whether it can serve, and its numbers.
// https://prometheus.io/docs/instrumenting/exposition_formats/

import express, { type RequestHandler } from 'express';
import type { Metrics } from '../platform/metrics.ts';

export interface Vitals {
  readonly metrics: Metrics;
  /** Rejects when the store cannot serve. */
  readonly ping: () => Promise<void>;
  readonly isStopping: () => boolean;
}

export const createHealth = ({ metrics, ping, isStopping }: Vitals): RequestHandler => {
  const router = express.Router();
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const isReady = !isStopping() && (await ping().then(yes, no));
    res.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready' });
  });
  router.get('/metrics', async (_req, res) => {
    res.type(metrics.contentType).send(await metrics.text());
  });
  return router;
};

const yes = (): boolean => true;
const no = (): boolean => false;
