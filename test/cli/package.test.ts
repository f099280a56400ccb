// The package as others install it: packed, unpacked under node_modules, and run by plain node.

import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { checkDigitOf } from '#src/health-id/number.ts';
import { skip } from '../support/skip.ts';
import { openSite, type Site } from './support/site.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

const number = `1234567890123${checkDigitOf('1234567890123')}`;

const accountOf = (site: Site): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  ...{ MERIDIAN_SERVER: site.base, MERIDIAN_CLIENT_ID: 'lab', MERIDIAN_KEY: site.keyFile },
  XDG_STATE_HOME: join(site.folder, 'state'),
});

describe('the package', () => {
  let folder: string;
  let installed: string;
  before(async function () {
    this.timeout(300_000);
    folder = await mkdtemp(join(tmpdir(), 'meridian-package-'));
    await run('npm', ['pack', '--offline', '--pack-destination', folder], { cwd: root });
    const [packed] = await readdir(folder);
    await run('tar', ['-xzf', packed!], { cwd: folder });
    installed = await install(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Under node_modules, where node strips no types. */
  const install = async (where: string): Promise<string> => {
    const modules = join(where, 'node_modules');
    await mkdir(modules);
    await rename(join(where, 'package'), join(modules, 'meridian'));
    for (const name of ['jose', 'csv-parse'])
      await symlink(join(root, 'node_modules', name), join(modules, name), 'dir');
    return join(modules, 'meridian', 'dist', 'cli', 'meridian.js');
  };
  const meridian = (node: string, words: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    run(node, [installed, ...words], {
      env: { PATH: process.env['PATH'], ...env },
    });

  it('holds no TypeScript, no tests and nothing of the server', async () => {
    const files = await readdir(join(folder, 'node_modules', 'meridian'), { recursive: true });

    expect(files.filter((file) => /\.ts$|^test|^src/.test(file))).to.deep.equal([]);
    expect(files).to.include(join('dist', 'cli', 'meridian.js'));
  });

  it('says how it is used, and its version', async () => {
    const { stdout } = await meridian(process.execPath, ['upload', '--help']);
    const version = await meridian(process.execPath, ['--version']);

    expect(stdout).to.contain('--birth-date').and.to.contain('--dry-run');
    expect(version.stdout).to.match(/^\d+\.\d+\.\d+\n$/);
  });

  it('ends with 2 and one line for a call that is wrong', async () => {
    const refused = await meridian(process.execPath, ['upload', '--uhdi', '1']).then(
      () => undefined,
      (error: unknown) => error as { readonly code: number; readonly stderr: string },
    );

    expect(refused?.code).to.equal(2);
    expect(refused?.stderr).to.contain('--uhdi').and.not.to.contain('    at ');
  });

  describe('uploading', () => {
    let site: Site;
    before(async () => {
      site = await openSite();
      site.gate = ({ url }) => (url?.endsWith('/DocumentReference') ? { status: 201 } : undefined);
    });
    after(() => site.close());

    const upload = async (node: string, content: string) => {
      const file = await site.file(`${content}.pdf`, content);
      const words = ['upload', '--uhid', number, '--family', 'Sharma', file];
      return meridian(node, words, accountOf(site));
    };

    it('works', async () => {
      expect((await upload(process.execPath, 'one')).stdout).to.contain('1 filed');
    });

    it('stops at Ctrl-C, and goes on when it is started again', async () => {
      const file = await site.file('large.dcm', randomBytes(20 * 1024 * 1024));
      const words = ['upload', '--uhid', number, '--family', 'Sharma', file];
      const child = spawn(process.execPath, [installed, ...words], { env: accountOf(site) });
      let [parts, said] = [0, ''];
      child.stderr.on('data', (text: Buffer) => (said += text.toString()));
      const free = site.gate!;
      site.gate = (asked) => {
        if (asked.method === 'PATCH' && (parts += 1) === 2) child.kill('SIGINT');
        return free(asked);
      };
      const [code] = (await once(child, 'close')) as [number];
      site.gate = free;
      const begun = site.uploads.size;
      const { stdout } = await meridian(process.execPath, words, accountOf(site));

      expect(code).to.equal(130);
      expect(said).to.contain('goes on where this one ended');
      expect(stdout).to.contain('1 filed');
      expect(site.uploads.size).to.equal(begun);
    });

    it('works on an older node that the package promises to run on', async function () {
      const older = await findOlderNode();
      if (older === undefined) skip(this, 'no node 20 to 23 is on the PATH');

      expect((await upload(older!, 'two')).stdout).to.contain('1 filed');
    });
  });
});

const findOlderNode = async (): Promise<string | undefined> => {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const node = join(folder, 'node');
    if (
      !(await access(node).then(
        () => true,
        () => false,
      ))
    )
      continue;
    const { stdout } = await run(node, ['--version']);
    if (/^v2[0-3]\./.test(stdout)) return node;
  }
  return undefined;
};
