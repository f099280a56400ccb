// Send a page: HTML that nobody keeps, frames or adds anything to.
// https://www.w3.org/TR/CSP3/

import type { ServerResponse } from 'node:http';
import { layout, type Page } from './layout.ts';

export interface SendOptions {
  readonly status?: number;
  /**
   * Where the answer to a form on this page may lead besides this server: an app's redirect_uri. Browsers hold
   * form-action against every redirect that follows a form.
   */
  readonly leadsTo?: string | undefined;
}

export const sendPage = (res: ServerResponse, page: Page, options: SendOptions = {}): void => {
  const text = layout(page);
  res.statusCode = options.status ?? 200;
  for (const [name, value] of pageHeaders(options.leadsTo)) res.setHeader(name, value);
  res.setHeader('Content-Length', Buffer.byteLength(text));
  res.end(text);
};

/** Also for pages that something else sends: the OpenID provider's own. */
export const pageHeaders = (leadsTo?: string): readonly (readonly [string, string])[] => [
  ['Content-Type', 'text/html; charset=utf-8'],
  ['Cache-Control', 'no-store'],
  // With 'no-referrer' browsers would hide the Origin of our own forms, too, which `sameOrigin` asks for.
  ['Referrer-Policy', 'same-origin'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Content-Security-Policy', policy(leadsTo)],
];

const policy = (leadsTo: string | undefined): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    `form-action 'self'${sourceOf(leadsTo)}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

/** An origin, or the scheme of an app on a phone; nothing that could break out of the header. */
const sourceOf = (address: string | undefined): string => {
  if (address === undefined || !URL.canParse(address)) return '';
  const { protocol, origin } = new URL(address);
  const source = protocol === 'http:' || protocol === 'https:' ? origin : protocol;
  return /^[A-Za-z0-9+.:/[\]-]+$/.test(source) ? ` ${source}` : '';
};
