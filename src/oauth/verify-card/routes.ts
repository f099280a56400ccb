// routes: the public page where anybody checks a health card. Nothing is kept: no cookie, no record, no line in a log.

import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Router,
} from 'express';
import { sendPage } from '../pages/send-page.ts';
import type { CheckCards } from './finding.ts';
import { findingsPage, formPage } from './pages.ts';

/** A card is a kilobyte; a file may hold several. */
const mostBytes = 256 * 1024;

/** To be mounted where the page is. */
export const createVerifyCard = (check: CheckCards): Router => {
  const router = express.Router();
  router.use(allowCamera);
  router.get('/', (req, res) => {
    sendPage(res, formPage(req.baseUrl));
  });
  router.post('/', express.raw({ type: () => true, limit: mostBytes }), async (req, res) => {
    const given = await readGiven(req);
    const checked = given.ok ? await check(given.text) : given;
    if (checked.ok) sendPage(res, findingsPage(checked.findings, req.baseUrl));
    else sendPage(res, formPage(req.baseUrl, checked.fault), { status: 400 });
  });
  router.use(answerTooLarge);
  return router;
};

/** https://www.w3.org/TR/permissions-policy/ */
const allowCamera: RequestHandler = (_req, res, next) => {
  res.setHeader('Permissions-Policy', 'camera=(self), microphone=(), geolocation=()');
  next();
};

const unreadable = 'What was sent cannot be read. Paste the card or choose its file.';

/** Browsers read it themselves, and send the text. */
const picture =
  'A picture is only read where scripts are on. Paste the card or choose a file that ends in .smart-health-card.';

type Given =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: string };

/** A chosen file, else what was pasted. */
const readGiven = async (req: Request): Promise<Given> => {
  const type = req.headers['content-type'] ?? '';
  const body: unknown = req.body;
  if (
    !Buffer.isBuffer(body) ||
    !/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/.test(type)
  )
    return { ok: false, fault: unreadable };
  const headers = { 'content-type': type };
  try {
    // The whole body is here already and small: nothing is streamed.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- it warns of large bodies
    return await readForm(await new Response(new Uint8Array(body), { headers }).formData());
  } catch {
    // What could not be read may be somebody's record; it is not repeated anywhere.
    return { ok: false, fault: unreadable };
  }
};

const readForm = async (form: FormData): Promise<Given> => {
  const file = form.get('file');
  if (file instanceof File && file.type.startsWith('image/')) return { ok: false, fault: picture };
  if (file instanceof File && file.size > 0) return { ok: true, text: await file.text() };
  const card = form.get('card');
  return { ok: true, text: typeof card === 'string' ? card : '' };
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
