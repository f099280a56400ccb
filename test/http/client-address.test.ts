// Client address: the first, seen from here, that is not a trusted proxy's.

import { expect } from 'chai';
import { clientAddress } from '../../src/http/client-address.ts';
import { readTrust } from '../../src/platform/trust-proxy.ts';

const of = (trust: string, remoteAddress: string, forwarded?: string): string =>
  clientAddress(
    {
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    },
    readTrust(trust),
  );

describe('http/client-address', () => {
  for (const [trust, remote, forwarded, address] of [
    ['off', '192.0.2.1', '198.51.100.7', '192.0.2.1'],
    ['1', '192.0.2.1', '198.51.100.7', '198.51.100.7'],
    ['1', '192.0.2.1', '203.0.113.5, 198.51.100.7', '198.51.100.7'],
    ['2', '192.0.2.1', '203.0.113.5, 198.51.100.7', '203.0.113.5'],
    ['2', '192.0.2.1', '198.51.100.7', '198.51.100.7'],
    ['loopback', '127.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['loopback', '::ffff:127.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['10.0.0.0/8,192.0.2.1', '192.0.2.1', '198.51.100.7, 10.9.9.9', '198.51.100.7'],
    ['10.0.0.0/8', '192.0.2.1', '198.51.100.7', '192.0.2.1'],
    ['uniquelocal', 'fd00::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['off', '::1', undefined, '0:0:0:0::/64'],
    ['off', '2001:db8:1:2::9', undefined, '2001:db8:1:2::/64'],
  ] as const)
    it(`is ${address} when ${trust} is trusted, ${remote} asks and says ${String(forwarded)}`, () => {
      expect(of(trust, remote, forwarded)).to.equal(address);
    });

  it('refuses a TRUST_PROXY that is none, and says what it may be', () => {
    for (const text of ['yes', 'proxy.example', '10.0.0.0/99', '1.2.3'])
      expect(() => readTrust(text), text).to.throw(/TRUST_PROXY must be/);
  });
});
