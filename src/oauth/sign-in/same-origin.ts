// Same origin: forms are taken from our own pages only, whatever cookies a browser sends along.
// https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html#fetch-metadata-headers

import type { RequestHandler } from 'express';
import { refusedPage } from '../pages/plain-pages.ts';
import { sendPage } from '../pages/send-page.ts';

/** What is no browser sends neither header, and has no cookies of one either. */
export const sameOrigin =
  (publicUrl: string): RequestHandler =>
  (req, res, next) => {
    const site = req.headers['sec-fetch-site'];
    const isOurs =
      site === undefined
        ? req.headers.origin === undefined || req.headers.origin === new URL(publicUrl).origin
        : site === 'same-origin' || site === 'none';
    if (req.method === 'GET' || req.method === 'HEAD' || isOurs) next();
    else sendPage(res, foreignPage, { status: 403 });
  };

const foreignPage = refusedPage({
  title: 'This form is not from here',
  text: 'Another site sent it, so nothing was done. If you meant to do this, open the page yourself.',
});
