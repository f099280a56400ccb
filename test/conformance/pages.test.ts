// The conformance pages name only what exists: files, pages, tests.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';
import { exceptions } from './exceptions.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'conformance');
const pages = [
  join(root, 'README.md'),
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
];

describe('the conformance pages', () => {
  for (const page of pages)
    it(`${relative(root, page)} names only what exists`, () => {
      const text = readFileSync(page, 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) =>
        join(dirname(page), link!),
      );
      const tests = [...text.matchAll(/`(test\/[\w./-]+)`/g)].map(([, path]) => join(root, path!));

      expect([...links, ...tests].filter((path) => !existsSync(path))).to.deep.equal([]);
    });

  it('exceptions.md lists each exception of the suites', () => {
    const text = readFileSync(join(folder, 'exceptions.md'), 'utf8');

    expect([...exceptions.keys()].filter((name) => !text.includes(`\`${name}\``))).to.deep.equal(
      [],
    );
  });
});
