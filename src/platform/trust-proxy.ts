// Trust proxy: which neighbours may say, by X-Forwarded-For, whom they speak for.
// https://expressjs.com/en/guide/behind-proxies.html

import { BlockList, isIP } from 'node:net';

/** `hop` counts from the nearest neighbour, which is 0. What Express's `trust proxy` takes. */
export type Trusts = (address: string, hop: number) => boolean;

/**
 * Reads TRUST_PROXY: nothing or `off`, how many proxies stand in front (`1`), or a list of their addresses, subnets and the
 * names loopback, linklocal and uniquelocal. Throws when a word is none of these.
 */
export const readTrust = (text: string): Trusts => {
  if (text === '' || text === 'off') return () => false;
  if (/^\d{1,2}$/.test(text)) return (_address, hop) => hop < Number(text);
  const known = new BlockList();
  for (const word of text.split(',')) for (const net of named(word.trim())) add(known, net);
  return (address) => {
    const plain = plainAddress(address);
    const family = isIP(plain);
    return family !== 0 && known.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  };
};

/** An IPv4 address in IPv6's clothes is that IPv4 address. */
export const plainAddress = (address: string): string =>
  address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;

const names: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.1/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

const named = (word: string): readonly string[] =>
  Object.hasOwn(names, word) ? names[word]! : [word];

const add = (list: BlockList, net: string): void => {
  const [address = '', length] = net.split('/');
  const family = isIP(address);
  const bits = Number(length ?? (family === 6 ? 128 : 32));
  if (family === 0 || !Number.isInteger(bits) || bits < 0 || bits > (family === 6 ? 128 : 32))
    throw new Error(
      `TRUST_PROXY must be off, a number of proxies, or addresses, subnets, loopback, linklocal or uniquelocal with commas between, not '${net}'.`,
    );
  list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
};
