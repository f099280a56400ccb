// Sealed keys: a copy of the database shows none, and a server with another secret does not start on it.

import { expect } from 'chai';
import { openKeys, rotateKeys } from '#src/oauth/keys.ts';
import { sealKeys } from '#src/store/seal-keys.ts';
import { startServer } from '../support/server.ts';
import { inFolder } from './support/folder.ts';
import { engines, type Opened } from '../contract/support/engines.ts';

const secret = 'gB1xv0SgxKTgqkD5';
const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error as Error).message,
  );

for (const engine of engines)
  describe(`keys that are sealed, on ${engine.name}`, function () {
    this.timeout(120_000);
    let opened: Opened;
    beforeEach(async () => {
      opened = await engine.open();
    });
    afterEach(() => opened.close());
    const lying = (kind: string, id: string): Promise<unknown> =>
      opened.store.records.get(kind, id);

    it('are the same to the server, and cannot be read in the store', async () => {
      const records = sealKeys(opened.store.records, secret);
      const made = await openKeys(records);
      const rotated = await rotateKeys(records);
      const found = await openKeys(sealKeys(opened.store.records, secret));

      expect(found).to.deep.equal(rotated);
      expect(found.signing[1]).to.deep.equal(made.signing[0]);
      expect(Object.keys((await lying('oauth-keys', 'current')) as object)).to.deep.equal([
        'sealed',
      ]);
    });

    it('are sealed when they lay open before', async () => {
      const before = await openKeys(opened.store.records);

      expect(await openKeys(sealKeys(opened.store.records, secret))).to.deep.equal(before);

      expect(JSON.stringify(await lying('oauth-keys', 'current'))).not.to.include('signing');
      expect(await openKeys(sealKeys(opened.store.records, secret))).to.deep.equal(before);
    });

    it('are opened by their own secret alone, and only in their own place', async () => {
      await openKeys(sealKeys(opened.store.records, secret));
      const others = sealKeys(opened.store.records, 'another secret of 16');
      const moved = await lying('oauth-keys', 'current');
      await opened.store.records.put('key', 'vault', moved as object);

      expect(await failure(openKeys(others))).to.include('KEY_SECRET is not the secret');
      expect(await failure(openKeys(sealKeys(opened.store.records, undefined)))).to.include(
        'Set KEY_SECRET',
      );
      expect(await failure(sealKeys(opened.store.records, secret).get('key', 'vault'))).to.include(
        'KEY_SECRET is not the secret',
      );
    });

    it('are replaced only where they are what was expected', async () => {
      const records = sealKeys(opened.store.records, secret);
      await records.add('key', 'k', { hex: '1' });

      expect(await records.add('key', 'k', { hex: '2' })).to.equal(false);
      expect(await records.replace('key', 'k', { hex: '3' }, { hex: '2' })).to.equal(false);
      expect(await records.replace('key', 'k', { hex: '3' }, { hex: '1' })).to.equal(true);
      expect(await records.replace('key', 'none', { hex: '3' }, { hex: '1' })).to.equal(false);
      expect(await records.get('key', 'k')).to.deep.equal({ hex: '3' });
    });

    it('leave other records as they are', async () => {
      const records = sealKeys(opened.store.records, secret);
      await records.put('user', 'u', { name: 'Asha' });

      expect(await lying('user', 'u')).to.deep.equal({ name: 'Asha' });
      expect(await records.find('user', { name: 'Asha' })).to.have.length(1);
    });
  });

describe('a server with a secret for its keys', function () {
  this.timeout(60_000);

  it('leaves no key open in its store', () =>
    inFolder(async (dataDir) => {
      const server = await startServer({ dataDir, env: { KEY_SECRET: secret } });
      const { records } = server.context.store;
      const kept = await Promise.all(
        ['key', 'oauth-keys', 'health-card-keys'].map((kind) => records.find(kind, {})),
      );
      await server.close();

      expect(kept.flat()).to.have.length.of.at.least(5);
      for (const each of kept.flat()) expect(Object.keys(each as object)).to.deep.equal(['sealed']);
    }));
});
