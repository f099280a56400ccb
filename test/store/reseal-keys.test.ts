// The secret of the keys is exchanged: by the new one they are the same keys, by the former one nothing opens any more.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { openKeys } from '#src/oauth/keys.ts';
import { openStore } from '#src/store/open.ts';
import { ownKey } from '#src/store/own-key.ts';
import type { MovableStore } from '#src/store/port.ts';
import { resealKeys } from '#src/store/reseal-keys.ts';
import { sealKeys } from '#src/store/seal-keys.ts';
import { useMongo } from '#test/support/mongo.ts';
import { inFolder } from './support/folder.ts';

const former = 'gB1xv0SgxKTgqkD5';
const secret = 'mT7zUe0rPq9WcLx2';
const options = { searchSeconds: 20, fingerprint: 'test' };

const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error as Error).message,
  );

const engines: readonly {
  name: string;
  with: (use: (store: MovableStore) => Promise<void>) => Promise<void>;
}[] = [
  {
    name: 'sqlite',
    with: (use) =>
      inFolder(async (dataDir) => {
        const store = await openStore({ ...options, dataDir });
        await use(store).finally(() => store.close());
      }),
  },
  {
    name: 'mongo',
    with: async (use) => {
      const server = await useMongo();
      const url = server.freshUrl();
      const store = await openStore({ ...options, dataDir: '', mongo: { url, waitSeconds: 30 } });
      await use(store).finally(async () => {
        await store.close();
        await server.drop(url);
        await server.release();
      });
    },
  },
];

/** The keys a server makes: of tokens, and one of its own. */
const keysBy = async ({ records }: MovableStore, by: string | undefined) => {
  const sealed = sealKeys(records, by);
  return [await openKeys(sealed), Buffer.from(await ownKey(sealed, 'vault')).toString('hex')];
};

for (const engine of engines)
  describe(`keys that are sealed anew, on ${engine.name}`, function () {
    this.timeout(120_000);

    it('are the same by the new secret, and lost to the former one', () =>
      engine.with(async (store) => {
        const made = await keysBy(store, former);
        await store.records.put('user', '1', { name: 'Ada', sealed: 'no key' });

        expect(await resealKeys(store, { former, secret })).to.deep.equal({ resealed: 2, left: 0 });

        expect(await keysBy(store, secret)).to.deep.equal(made);
        expect(await failure(keysBy(store, former))).to.include('KEY_SECRET is not the secret');
        expect(await store.records.get('user', '1')).to.deep.equal({
          ...{ name: 'Ada', sealed: 'no key' },
        });
      }));

    it('go on where a run was broken off', () =>
      engine.with(async (store) => {
        const made = await keysBy(store, former);
        const lying = (await store.records.get('key', 'vault'))!;
        await resealKeys(store, { former, secret });
        await store.records.put('key', 'vault', lying);

        expect(await resealKeys(store, { former, secret })).to.deep.equal({ resealed: 1, left: 1 });
        expect(await keysBy(store, secret)).to.deep.equal(made);
      }));

    it('stay as they are when one of them opens by neither secret', () =>
      engine.with(async (store) => {
        const made = await keysBy(store, former);
        await sealKeys(store.records, 'a third of 16 chars').put('key', 'other', { hex: '00' });

        expect(await failure(resealKeys(store, { former, secret }))).to.include('key/other');
        expect(await keysBy(store, former)).to.deep.equal(made);
      }));

    it('lie open when there is to be no secret, and are sealed when there was none', () =>
      engine.with(async (store) => {
        const made = await keysBy(store, former);
        await resealKeys(store, { former, secret: undefined });

        expect(await keysBy(store, undefined)).to.deep.equal(made);
        expect(await resealKeys(store, { former: undefined, secret })).to.deep.equal({
          ...{ resealed: 2, left: 0 },
        });
        expect(await failure(keysBy(store, undefined))).to.include('Set KEY_SECRET');
      }));
  });

describe('npm run reseal', function () {
  this.timeout(60_000);

  const run = (env: Readonly<Record<string, string>>) =>
    new Promise<{ code: number; text: string }>((resolve) => {
      const command = [join(import.meta.dirname, '../../src/reseal.ts')];
      const child = execFile(
        process.execPath,
        command,
        { env: { ...process.env, ...env } },
        (_, out, err) => {
          resolve({ code: child.exitCode ?? -1, text: out + err });
        },
      );
    });

  it('exchanges the secret and says so, and refuses without the former one', () =>
    inFolder(async (dataDir) => {
      const filled = await openStore({ ...options, dataDir });
      await keysBy(filled, former);
      await filled.close();

      const refused = await run({ DATA_DIR: dataDir, KEY_SECRET: secret });
      expect(refused.code).to.equal(1);
      expect(refused.text).to.include('neither KEY_SECRET_FORMER nor KEY_SECRET');
      const env = { DATA_DIR: dataDir, KEY_SECRET: secret, KEY_SECRET_FORMER: former };
      const { code, text } = await run(env);
      expect(text).to.include('2 keys are sealed by KEY_SECRET now; 0 did before.');
      expect(code).to.equal(0);
      expect(text).not.to.include(secret).and.not.to.include(former);
    }));
});
