// App headers: what the pages of our own apps may load, frame and use; everything else stays forbidden, as on every answer.
// https://www.w3.org/TR/CSP3/  https://www.w3.org/TR/permissions-policy/

import type { OwnApp } from '../access/own-apps.ts';

/** `origins` are the sites of the registered apps. */
export const appHeaders = (
  app: OwnApp,
  publicUrl: string,
  origins: ReadonlySet<string>,
): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': policy(app, new URL(publicUrl).origin, origins),
  'X-Frame-Options': 'SAMEORIGIN',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(self), microphone=(self), geolocation=(), payment=(), usb=(), display-capture=()',
});

const policy = (app: OwnApp, origin: string, origins: ReadonlySet<string>): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    // Mantine writes its theme into a style element; scripts gain nothing by it.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self' ${origin} ${origin.replace(/^http/, 'ws')}`,
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    `frame-src ${frames(app, origins)}`,
    // A SMART app may be shown in a frame, but in none of another site.
    "frame-ancestors 'self'",
    "form-action 'self'",
    "base-uri 'none'",
  ].join('; ');

/** A document is shown from a blob. Apps are at https addresses, or on this machine while they are made. */
const frames = ({ framesApps }: OwnApp, origins: ReadonlySet<string>): string =>
  framesApps
    ? ["'self'", 'blob:', 'https:', ...[...origins].filter(isPlain)].join(' ')
    : "'self' blob:";

const isPlain = (origin: string): boolean => /^http:\/\/[A-Za-z0-9.[\]:-]+$/.test(origin);
