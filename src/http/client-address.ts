// Client address: whose request this is, as far as the neighbours that are trusted say.

import type { IncomingHttpHeaders } from 'node:http';
import { plainAddress, type Trusts } from '../platform/trust-proxy.ts';

/** What requests are counted by: of IPv6 the network, because a house has all addresses in it. */
export const clientAddress = (arriving: Arriving, trusts: Trusts): string =>
  networkOf(senderAddress(arriving, trusts));

/** The first address, seen from here, that is no trusted proxy's. */
export const senderAddress = ({ socket, headers }: Arriving, trusts: Trusts): string => {
  const neighbour = socket.remoteAddress ?? 'unknown';
  const forwarded = headers['x-forwarded-for'];
  if (forwarded === undefined || !trusts(neighbour, 0)) return plainAddress(neighbour);
  const before = String(forwarded).split(',').reverse();
  const chain = [neighbour, ...before.map((each) => each.trim())];
  const at = chain.findIndex((address, hop) => !trusts(address, hop));
  return plainAddress(chain[at] ?? chain.at(-1)!);
};

interface Arriving {
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly headers: IncomingHttpHeaders;
}

const networkOf = (plain: string): string => {
  if (!plain.includes(':')) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const gap = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return `${[...front, ...gap, ...back].slice(0, 4).join(':')}::/64`;
};
