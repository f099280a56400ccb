// The layer check itself is checked: it must see a forbidden import, a type-only one, a circle, and that it read nothing.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { faultsOf, readLayers } from './layers.ts';

describe('the layer check', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'layers-'));
    writeFileSync(join(folder, 'tsconfig.json'), '{}');
    symlinkSync(join(import.meta.dirname, '../node_modules'), join(folder, 'node_modules'));
    mkdirSync(join(folder, 'src'));
    mkdirSync(join(folder, 'smart-apps/ui/src'), { recursive: true });
    writeFileSync(join(folder, 'smart-apps/ui/src/one.ts'), one);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const faults = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, name.startsWith('smart-apps/') ? '' : 'src', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return faultsOf(await readLayers(folder));
  };

  const one = 'export const one = 1;\nexport type One = 1;\n';

  it('finds nothing wrong where the table is kept', async () => {
    expect(
      await faults({ 'fhir/a.ts': one, 'search/b.ts': "import '../fhir/a.ts';\n" }),
    ).to.deep.equal([]);
  });

  it('lets an app import the kit, and neither another app nor the server', async () => {
    const found = await faults({
      'fhir/a.ts': one,
      'smart-apps/desk/src/a.ts': one,
      'smart-apps/portal/src/a.ts': "import '../../ui/src/one.ts';\n",
      'smart-apps/portal/src/b.tsx':
        "import '../../desk/src/a.ts';\nimport '../../../src/fhir/a.ts';\n",
    });

    expect(found).to.have.length(2);
    expect(found.join()).to.contain('an app needs nothing of the server');
    expect(found.join()).to.contain('an app imports itself and the kit');
  });

  it('sees an import the table does not name', async () => {
    const found = await faults({ 'search/a.ts': one, 'fhir/b.ts': "import '../search/a.ts';\n" });

    expect(found.join()).to.contain('fhir imports only what the table allows it');
  });

  it('counts a type-only import', async () => {
    const found = await faults({
      'http/a.ts': one,
      'interactions/b.ts': "import type { One } from '../http/a.ts';\nexport type Two = One;\n",
    });

    expect(found.join()).to.contain('interactions imports only what the table allows it');
  });

  it('lets interactions name the terminology port and not the code behind it', async () => {
    const found = await faults({
      'terminology/types.ts': one,
      'terminology/expand.ts': one,
      'interactions/a.ts':
        "import '../terminology/types.ts';\nimport '../terminology/expand.ts';\n",
    });

    expect(found).to.have.length(1);
    expect(found[0]).to.contain('terminology/expand.ts');
  });

  it('keeps the engines apart', async () => {
    const found = await faults({
      'store/sqlite/a.ts': one,
      'store/mongo/b.ts': "import '../sqlite/a.ts';\n",
    });

    expect(found.join()).to.contain('store/mongo imports only');
  });

  it('sees Express below http', async () => {
    const found = await faults({ 'interactions/a.ts': "import 'express';\n" });

    expect(found.join()).to.contain('may import ^(express');
  });

  it('sees a circle', async () => {
    const found = await faults({
      'fhir/a.ts': "import './b.ts';\n",
      'fhir/b.ts': "import './a.ts';\n",
    });

    expect(found.join()).to.contain('no circles');
  });

  it('sees a module that lies in no layer', async () => {
    expect((await faults({ 'misc/a.ts': one })).join()).to.contain('src/misc/a.ts has no layer');
  });

  it('fails when it cruised no module', async () => {
    expect(await faults({})).to.deep.equal(['No module was cruised, so nothing was checked.']);
  });
});
