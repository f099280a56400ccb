// routes: the public page where anybody checks a health card. Nothing is kept: no cookie, no record, no line in a log.

import express, { type ErrorRequestHandler, type Request, type Router } from 'express';
import { sendPage } from '../pages/send-page.ts';
import type { CheckCards } from './finding.ts';
import { findingsPage, formPage } from './pages.ts';

/** A card is a kilobyte; a file may hold several. */
const mostBytes = 256 * 1024;

/** To be mounted where the page is. */
export const createVerifyCard = (check: CheckCards): Router => {
  const router = express.Router();
  router.get('/', (req, res) => {
    sendPage(res, formPage(req.baseUrl));
  });
  router.post('/', express.raw({ type: () => true, limit: mostBytes }), async (req, res) => {
    const given = await readGiven(req);
    const checked =
      given === undefined ? { ok: false as const, fault: unreadable } : await check(given);
    if (checked.ok) sendPage(res, findingsPage(checked.findings, req.baseUrl));
    else sendPage(res, formPage(req.baseUrl, checked.fault), { status: 400 });
  });
  router.use(answerTooLarge);
  return router;
};

const unreadable = 'What was sent cannot be read. Paste the card or choose its file.';

/** A chosen file, else what was pasted; undefined when the form cannot be read. */
const readGiven = async (req: Request): Promise<string | undefined> => {
  const type = req.headers['content-type'] ?? '';
  const body: unknown = req.body;
  if (
    !Buffer.isBuffer(body) ||
    !/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/.test(type)
  )
    return undefined;
  const headers = { 'content-type': type };
  try {
    // The whole body is here already and small: nothing is streamed.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- it warns of large bodies
    const form = await new Response(new Uint8Array(body), { headers }).formData();
    const file = form.get('file');
    if (file instanceof File && file.size > 0) return await file.text();
    const card = form.get('card');
    return typeof card === 'string' ? card : '';
  } catch {
    // What could not be read may be somebody's record; it is not repeated anywhere.
    return undefined;
  }
};

const answerTooLarge: ErrorRequestHandler = (error, req, res, next) => {
  const status = (error as { readonly status?: unknown }).status;
  if (res.headersSent || typeof status !== 'number' || status >= 500) {
    next(error);
    return;
  }
  const fault = status === 413 ? 'This is too large for a health card.' : unreadable;
  sendPage(res, formPage(req.baseUrl, fault), { status });
};
