// TOTP: codes of an authenticator app. A code works once, though its half minute may not be over.
// https://www.rfc-editor.org/rfc/rfc6238

import { Secret, TOTP } from 'otpauth';
import { toString as drawQr } from 'qrcode';

const period = 30;

export interface Enrolment {
  /** Base32, in groups of four for typing. */
  readonly shown: string;
  /** What the QR code says. */
  readonly uri: string;
}

/** A new secret, base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

export const describeTotp = (secret: string, username: string): Enrolment => ({
  shown: secret.replaceAll(/(.{4})(?=.)/g, '$1 '),
  uri: totpOf(secret, username).toString(),
});

/** The QR code as SVG, drawn here: the secret goes to no other site. */
export const drawTotp = (uri: string): Promise<string> =>
  drawQr(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });

/**
 * The time step the code belongs to, when it is right and newer than the one used last; else undefined. One step early or
 * late is allowed for clocks that differ.
 */
export const matchTotp = (
  secret: string,
  code: string,
  { now, usedStep = -1 }: { readonly now: number; readonly usedStep?: number | undefined },
): number | undefined => {
  const token = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = totpOf(secret, '').validate({ token, timestamp: now, window: 1 });
  if (delta === null) return undefined;
  const step = Math.floor(now / 1000 / period) + delta;
  return step > usedStep ? step : undefined;
};

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({ ...{ issuer: 'Meridian', label, secret, period, digits: 6, algorithm: 'SHA1' } });
