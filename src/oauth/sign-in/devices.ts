// Known devices: a browser somebody signed in with is counted apart, so that strangers' attempts cannot slow its owner.

import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RecordStore } from '../../store/port.ts';
import { oauthMount } from '../pages/assets.ts';
import { hashOf } from '../users/one-time.ts';

export interface Devices {
  /** What attempts on this user name from here are counted under. */
  placeOf(req: IncomingMessage, username: string): Promise<Place>;
  /** From now on this browser is known for the user. */
  remember(visit: Visited, username: string): Promise<void>;
}

export interface Place {
  readonly name: string;
  readonly kind: 'known-device' | 'address';
}

interface Visited {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

const seconds = 400 * 86_400;
const cookieName = 'meridian_device';

export const createDevices = ({
  records,
  now,
  secure,
  addressOf,
}: {
  readonly records: RecordStore;
  readonly now: () => number;
  /** Whether the browser reaches us by https. */
  readonly secure: 'secure' | 'plain';
  readonly addressOf: (req: IncomingMessage) => string;
}): Devices => ({
  placeOf: async (req, username) => {
    const device = readCookie(req);
    const known = device !== undefined && (await records.get('device', idOf(device, username)));
    if (known) return { name: hashOf(device), kind: 'known-device' };
    return { name: networkOf(addressOf(req)), kind: 'address' };
  },
  remember: async ({ req, res }, username) => {
    const device = readCookie(req) ?? randomBytes(32).toString('base64url');
    const expires = new Date(now() + seconds * 1000);
    await records.put('device', idOf(device, username), { seenAt: now() }, expires);
    const flags = `HttpOnly; SameSite=Lax${secure === 'secure' ? '; Secure' : ''}`;
    res.appendHeader(
      'Set-Cookie',
      `${cookieName}=${device}; Path=${oauthMount}; Max-Age=${String(seconds)}; ${flags}`,
    );
  },
});

const readCookie = ({ headers }: IncomingMessage): string | undefined =>
  /(?:^|; )meridian_device=([\w-]{43})(?:;|$)/.exec(headers.cookie ?? '')?.[1];

const idOf = (device: string, username: string): string =>
  hashOf(`${device} ${username.normalize('NFKC').trim().toLowerCase()}`);

/** One household or ward has one IPv4 address, but 2^64 addresses of IPv6: those count as one. */
export const networkOf = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const all = plain.includes('::') ? [...left, ...zeros, ...right] : left;
  return `${all.slice(0, 4).join(':')}::/64`;
};
