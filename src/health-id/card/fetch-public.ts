// fetch-public: a JSON document of another server on the public internet: never of a machine in this network.
// https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html

import { lookup, type LookupAddress } from 'node:dns';
import { request } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Rejects for what is no JSON, is too large, comes too late, leads elsewhere, or is not on the public internet. */
export type FetchJson = (url: string) => Promise<unknown>;

const mostBytes = 512 * 1024;
const mostMilliseconds = 5000;

export const fetchPublic: FetchJson = (url) =>
  new Promise((resolve, reject) => {
    const { hostname } = new URL(url);
    if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) {
      reject(new Error('an issuer has a name, no address'));
      return;
    }
    const signal = AbortSignal.timeout(mostMilliseconds);
    const headers = { accept: 'application/json' };
    const asked = request(url, { lookup: lookUpPublic, signal, headers }, (answer) => {
      const parts: Buffer[] = [];
      let size = 0;
      answer.on('error', reject);
      answer.on('data', (part: Buffer) => {
        size += part.length;
        parts.push(part);
        if (size > mostBytes) answer.destroy(new Error('the document is too large'));
      });
      answer.on('end', () => {
        // A redirect is not followed: it could lead anywhere.
        if (answer.statusCode === 200) resolve(parse(Buffer.concat(parts)));
        else reject(new Error(`the issuer answered ${String(answer.statusCode)}`));
      });
    });
    asked.on('error', reject);
    asked.end();
  }).then((value) => value ?? Promise.reject(new Error('the document is no JSON')));

const parse = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    return undefined;
  }
};

/** The connection goes to the very address that was looked at, so that the name cannot mean another one a moment later. */
const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const found: readonly LookupAddress[] = error ? [] : addresses;
    const [first] = found;
    if (error ?? first === undefined) callback(error ?? new Error('no address'), '', 4);
    else if (found.some(isPrivate)) callback(new Error('it is not on the public internet'), '', 4);
    else if (options.all) callback(null, [...found]);
    else callback(null, first.address, first.family);
  });
};

const isPrivate = ({ address, family }: LookupAddress): boolean =>
  notPublic.check(address, family === 6 ? 'ipv6' : 'ipv4');

/** https://www.iana.org/assignments/iana-ipv4-special-registry and its like for IPv6 */
const notPublic = new BlockList();
for (const [net, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
  ] as const),
  ...([
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
  ] as const),
  ...([
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
  ] as const),
  ...([
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 3],
  ] as const),
])
  notPublic.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ...([
    ['::', 96],
    ['::ffff:0:0', 96],
    ['64:ff9b::', 96],
    ['64:ff9b:1::', 48],
  ] as const),
  ...([
    ['100::', 64],
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
  ] as const),
  ...([
    ['fc00::', 7],
    ['fe80::', 10],
    ['fec0::', 10],
    ['ff00::', 8],
  ] as const),
])
  notPublic.addSubnet(net, bits, 'ipv6');
