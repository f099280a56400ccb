// Issuers that are believed: only those that were named are asked, seldom, and never inside this network.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { fetchPublic } from '#src/health-id/card/fetch-public.ts';
import { createOwnIssuer } from '#src/health-id/card/own-issuer.ts';
import { createFindIssuer } from '#src/health-id/card/trusted-issuers.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';

const iss = 'https://other.example/cards';

const open = () => {
  const own = createOwnIssuer({ records: openMemoryStore().records, now: Date.now });
  const asked: string[] = [];
  const state = { at: 1_000_000, works: true };
  const find = createFindIssuer({
    own: { iss: 'https://own.example', issuer: own },
    trusted: [iss],
    now: () => state.at,
    fetchJson: async (url) => {
      asked.push(url);
      if (!state.works) throw new Error('away');
      const { keys } = await own.keySet();
      return url.endsWith('jwks.json') ? { keys } : own.revocations(keys[0]!.kid);
    },
  });
  const keyOf = async () => (await own.keySet()).keys[0]!;
  return { own, asked, state, find, keyOf };
};

const refusalOf = (url: string): Promise<string> =>
  fetchPublic(url).then(
    () => 'none',
    (error: unknown) => String(error),
  );

describe('health-id/card/trusted-issuers', () => {
  it('knows this server without asking anybody, and nobody who was not named', async () => {
    const { own, asked, find, keyOf } = open();

    expect(find('https://own.example')).to.equal(own);
    expect(find('https://other.example')).to.equal(undefined);
    expect(find(`${iss}/`)).to.equal(undefined);
    expect(await find('https://own.example')!.keyOf((await keyOf()).kid)).to.not.equal(undefined);
    expect(asked).to.deep.equal([]);
  });

  it('asks a named issuer for its keys and lists at their addresses, and keeps them a while', async () => {
    const { asked, state, find, keyOf } = open();
    const { kid } = await keyOf();
    const issuer = find(iss)!;
    for (const wait of [0, 1_000, 299_000]) {
      state.at = 1_000_000 + wait;
      const key = await issuer.keyOf(kid);
      expect(await issuer.revokedOf(key!)).to.deep.equal([]);
    }

    expect(asked).to.deep.equal([
      `${iss}/.well-known/jwks.json`,
      `${iss}/.well-known/crl/${kid}.json`,
    ]);
    state.at += 2_000;
    await issuer.keyOf(kid);
    expect(asked).to.have.length(3);
  });

  it('asks again for the list as soon as its counter says that it was changed', async () => {
    const { own, asked, state, find, keyOf } = open();
    const { kid } = await keyOf();
    const issuer = find(iss)!;
    await issuer.revokedOf((await issuer.keyOf(kid))!);
    await own.revoke('anna');
    state.at += 301_000;

    expect(await issuer.revokedOf((await issuer.keyOf(kid))!)).to.have.length(1);
    expect(asked.filter((url) => url.includes('crl'))).to.have.length(2);
  });

  it('asks seldom for a key there is not, and for an issuer that is away', async () => {
    const { asked, state, find } = open();
    const issuer = find(iss)!;
    for (let time = 0; time < 20; time += 1) expect(await issuer.keyOf('none')).to.equal(undefined);
    expect(asked).to.have.length(1);

    state.works = false;
    state.at += 301_000;
    for (let time = 0; time < 20; time += 1)
      expect(await issuer.keyOf('none').catch(() => 'away')).to.equal('away');
    expect(asked).to.have.length(2);
  });
});

describe('health-id/card/fetch-public', () => {
  it('goes to no address of this machine or network, whatever its name', async () => {
    let isAsked = false;
    const server = createServer((_req, res) => {
      isAsked = true;
      res.end('{}');
    });
    server.on('connection', () => (isAsked = true));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;

    expect(await refusalOf(`https://localhost:${port}/`)).to.include('not on the public internet');
    for (const host of ['127.0.0.1', '[::1]', '10.0.0.1', '169.254.169.254', '2130706433'])
      expect(await refusalOf(`https://${host}:${port}/`), host).to.include('a name, no address');
    expect(isAsked).to.be.false;
    server.close();
  });

  it('asks nobody without TLS', async () => {
    expect(await refusalOf('http://localhost/')).to.include('Protocol');
  });
});
