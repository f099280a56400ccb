// kill -9 at any moment: every acknowledged version is there, whole, and found.

import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { search, tokenIs } from '#test/contract/support/build.ts';
import { chanceOf } from '#test/support/chance.ts';
import { inFolder, openIn } from '../support/folder.ts';

const kills = process.env['LONG'] === '1' ? 200 : 20;

/** Starts the writer, kills it a while after its first acknowledgement; what it acknowledged until then. */
const writeAndKill = async (
  dataDir: string,
  run: string,
  milliseconds: number,
): Promise<readonly string[]> => {
  const script = fileURLToPath(import.meta.resolve('../support/write-forever.ts'));
  const child = spawn(process.execPath, [script, dataDir, run], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    output += text;
  });
  await once(child.stdout, 'data');
  await sleep(milliseconds);
  child.kill('SIGKILL');
  await once(child, 'close');
  // The last line may be cut off in the middle.
  return output.slice(0, output.lastIndexOf('\n')).split('\n');
};

describe('a killed server', function () {
  this.timeout(kills * 10_000);

  it(`has every acknowledged version after each of ${String(kills)} kills`, () =>
    inFolder(async (dataDir) => {
      const chance = chanceOf(1);
      let total = 0;
      for (let kill = 0; kill < kills; kill += 1) {
        const run = `run${String(kill)}`;
        const acknowledged = await writeAndKill(dataDir, run, chance.below(150));
        total += acknowledged.length;

        const store = await openIn(dataDir);
        const keys = acknowledged.map((name) => {
          const [type = '', id = '', version = ''] = name.split('/');
          return { type, id, version };
        });
        const found = await store.resources.read(keys);
        const names = new Set(await search(store, tokenIs('Patient.run', run)));
        await store.close();

        const lost = keys.filter(({ type, id }, place) => {
          const text = found[place]?.text;
          return (
            text === undefined ||
            (JSON.parse(text) as { id: string }).id !== id ||
            !names.has(`${type}/${id}`)
          );
        });
        expect(lost, `kill ${String(kill)}`).to.deep.equal([]);
      }
      expect(total).to.be.greaterThan(kills);
    }));
});
