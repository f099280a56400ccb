// One name: a browser on this machine may call it localhost or by number; sign-in and sessions belong to the name in PUBLIC_URL.

import type { RequestHandler } from 'express';

/** Every name of this machine for itself. */
const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Sends a page that was opened by another name of this machine to the one of PUBLIC_URL. Only between names of this machine: what a
 * proxy in front says its name is, is the proxy's affair.
 */
export const createOneName = (publicUrl: string): RequestHandler => {
  const known = new URL(publicUrl);
  return (req, res, next) => {
    const { host = '' } = req.headers;
    const asked = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : known;
    const isOther = asked.hostname !== known.hostname && asked.port === known.port;
    if (isOther && loopback.has(asked.hostname) && loopback.has(known.hostname))
      res.redirect(307, new URL(req.originalUrl.replace(/^\/+/, '/'), known).href);
    else next();
  };
};
