// The configuration: secrets come from the environment or from files, and what cannot be read is said.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../src/platform/config.ts';

describe('platform/config', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'meridian-test-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  it('reads a secret from a file, without the line end', async () => {
    const file = join(folder, 'secret');
    await writeFile(file, 'from a file\n');

    expect(readConfig({ ADMIN_SECRET_FILE: file }).adminSecret).to.equal('from a file');
    expect(readConfig({ ADMIN_SECRET: 'itself' }).adminSecret).to.equal('itself');
    expect(readConfig({}).adminSecret).to.equal(undefined);
    expect(() => readConfig({ ADMIN_SECRET: 'a', ADMIN_SECRET_FILE: file })).to.throw('not both');
    expect(() => readConfig({ ADMIN_SECRET_FILE: join(folder, 'none') })).to.throw('none');
  });

  it('takes a variable that is set to nothing as not set', () => {
    expect(readConfig({ TRUST_PROXY: '', ADMIN_SECRET: '', PORT: '' })).to.deep.equal(
      readConfig({}),
    );
  });

  it('names the variable that is wrong', () => {
    expect(() => readConfig({ RATE_LIMIT: 'perhaps' })).to.throw('RATE_LIMIT must be on or off');
    expect(() => readConfig({ RATE_LIMIT_CLIENT: '-1' })).to.throw('RATE_LIMIT_CLIENT');
  });
});
