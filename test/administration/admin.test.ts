// The command line: it reaches a running server by a socket that only the owner may open, and works without one.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readWords, show } from '#src/administration/command-line.ts';
import { rememberSecret } from '#src/administration/secret.ts';
import { openStore } from '#src/store/open.ts';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';
import { ask } from '#test/support/ask.ts';
import { startChild } from '#test/support/child-server.ts';

const root = join(import.meta.dirname, '../..');

describe('administration/command-line', () => {
  it('reads words as parameters', () => {
    expect(
      readWords(['create-x', '--a', '1', '--b=2=3', '--flag', '--c', 'two words']),
    ).to.deep.equal({
      command: 'create-x',
      parameters: [
        ['a', '1'],
        ['b', '2=3'],
        ['flag', 'true'],
        ['c', 'two words'],
      ],
    });
    expect(() => readWords(['create-x', 'a'])).to.throw("'a' stands alone");
  });

  it('prints one value bare and several with their names', () => {
    expect(show([{ name: 'token', valueString: 'abc' }])).to.equal('abc\n');
    expect(
      show([
        { name: 'a', valueString: '1' },
        { name: 'b', valueInteger: 2 },
      ]),
    ).to.match(/^a +1\nb +2\n$/);
  });
});

describe('npm run admin', () => {
  let dataDir: string;
  beforeEach(async () => (dataDir = await mkdtemp(join(tmpdir(), 'meridian-test-'))));
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  interface Ended {
    readonly code: number;
    readonly out: string;
    readonly err: string;
  }
  const admin = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    new Promise<Ended>((resolve) => {
      const options = { cwd: root, env: { ...process.env, DATA_DIR: dataDir, ...env } };
      execFile(process.execPath, ['src/admin.ts', ...words], options, (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      });
    });

  it('asks the running server, by a socket for its owner alone', async () => {
    const server = await startChild(dataDir);
    const { mode } = await stat(join(dataDir, 'admin.sock'));
    const made = await admin(['create-organization', '--name', 'East']);
    const wrong = await admin(['create-organization']);
    await server.end('SIGTERM');

    expect(mode & 0o777).to.equal(0o600);
    expect([made.code, made.err]).to.deep.equal([0, '']);
    expect(made.out).to.match(/^Organization\/\S+\n$/);
    expect(wrong).to.deep.equal({ code: 1, out: '', err: "Parameter 'name' is missing.\n" });
  });

  it('gives a token with which a clinician reads on the running server', async () => {
    const server = await startChild(dataDir, { DEMO: 'on' });
    const { out: token } = await admin([
      ...['create-token', '--scope', 'user/*.rs', '--user', 'Practitioner/dr-deshpande'],
    ]);
    const headers = { authorization: `Bearer ${token.trim()}` };
    const found = await ask(`${server.base}/Patient?name=sharma`, { headers });
    const without = await ask(`${server.base}/Patient?name=sharma`);
    await server.end('SIGTERM');

    expect([found.status, without.status]).to.deep.equal([200, 401]);
    expect(found.json.entry[0].resource.id).to.equal('priya-sharma');
  });

  it('opens the folder itself when no server runs, also after a crash', async () => {
    const server = await startChild(dataDir);
    await server.end('SIGKILL');
    const { code, out } = await admin(['rotate-keys']);

    expect(code).to.equal(0);
    expect(out).to.match(/^\S{16}\n$/);
  });

  it('gives a token in production only for the administrator’s secret', async () => {
    const secret = 'a secret of more than sixteen';
    const { fingerprint } = loadDefinitions();
    const store = await openStore({ dataDir, searchSeconds: 1, fingerprint });
    await rememberSecret(store.records, secret);
    await store.close();
    const token = (env: Readonly<Record<string, string>>) =>
      admin(['create-token', '--scope', 'system/*.rs'], env);

    expect((await token({})).err).to.contain('ADMIN_SECRET');
    expect((await token({ ADMIN_SECRET: 'another of more than sixteen' })).code).to.equal(1);
    expect((await token({ ADMIN_SECRET: secret })).out).to.match(/^\S{43}\n$/);
  });

  it('says what there is', async () => {
    expect((await admin([])).out).to.contain('create-user: ');
  });
});
