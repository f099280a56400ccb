// `.env.example` and `platform/config.ts` name the same variables with the same defaults.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '#src/platform/config.ts';

const root = join(import.meta.dirname, '..');

describe('.env.example', () => {
  const documented = new Map(
    readFileSync(join(root, '.env.example'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('=', 2) as [string, string]),
  );

  it('names every variable the config reads, and no other', () => {
    const read = new Set<string>();
    const environment = new Proxy<Record<string, string | undefined>>(
      {},
      {
        get: (_, name) => {
          read.add(String(name));
          return undefined;
        },
      },
    );

    readConfig(environment);

    expect([...documented.keys()].sort()).to.deep.equal([...read].sort());
  });

  it('gives the defaults', () => {
    expect(readConfig(Object.fromEntries(documented))).to.deep.equal(readConfig({}));
  });

  it('has a comment above each variable or group', () => {
    const text = readFileSync(join(root, '.env.example'), 'utf8');

    expect(text).to.not.match(/\n\n[A-Z]/);
  });
});
