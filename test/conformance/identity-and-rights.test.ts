// The decision table about identity and rights is proved: each of its cells names tests, and these are there, on both stores.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { describeShared, readShared } from '#test/support/shared.ts';

const root = join(import.meta.dirname, '../..');

interface Row {
  /** Heading, line and column of a cell; `sentence` is the column of what is said around a table. */
  readonly cell: string;
  readonly answer: string;
  /** `file › title`, without the names of the suites around it. */
  readonly tests: readonly string[];
  readonly engines: string;
  /** What no test proves. */
  readonly missing: string;
}

const rows: readonly Row[] = readFileSync(join(root, 'conformance/identity-and-rights.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'))
  .map(([table, row, column, answer = '', tests = '', engines = '', missing = '']) => ({
    cell: [table, row, column].join(' | '),
    tests: tests.split(' ; ').filter((each) => each !== ''),
    ...{ answer, engines, missing },
  }));

/** Cells of which a part has no test. */
const unproved: readonly string[] = [
  'Reach of each role | revocation holds on the next request, also for tokens already issued and for pages, exports and subscriptions under way. | sentence',
];

/** What is measured, or decided before a store is asked, runs on SQLite alone, beside other tests of the same cells. */
const onOneStore: readonly string[] = [
  'test/health-id/time.test.ts',
  'test/http/rate-limit.test.ts',
];

const engineNames = ['memory', 'sqlite', 'mongo'] as const;
const namedEngine = /\bon (memory|sqlite|mongo)\b/;

interface Found {
  readonly file: string;
  readonly title: string;
  /** A suite of a whole server that names none runs on SQLite. */
  readonly engine: string;
}

/** What mocha would run of the files, but what is skipped; without the variables that leave engines out. */
const testsIn = async (files: readonly string[]): Promise<readonly Found[]> => {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !['ENGINES', 'STORE'].includes(name)),
  );
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [mocha, '--dry-run', '--reporter', 'json', ...files],
    { cwd: root, env, maxBuffer: 100_000_000 },
  );
  const { tests, pending } = JSON.parse(stdout.slice(stdout.indexOf('{\n'))) as Record<
    'tests' | 'pending',
    readonly { readonly file: string; readonly fullTitle: string }[]
  >;
  const skipped = new Set(pending.map(({ fullTitle }) => fullTitle));
  return tests
    .filter(({ fullTitle }) => !skipped.has(fullTitle))
    .map(({ file, fullTitle }) => ({
      file: relative(root, file),
      title: fullTitle.replace(namedEngine, 'on {engine}'),
      engine: namedEngine.exec(fullTitle)?.[1] ?? 'sqlite',
    }));
};

const named = [...new Set(rows.flatMap(({ tests }) => tests))];
const fileOf = (test: string): string => test.split(' › ')[0]!;
const titleOf = (test: string): string => test.split(' › ')[1] ?? '';

describe('the decision table about identity and rights', function () {
  this.timeout(300_000);
  let found: readonly Found[];
  before(async () => {
    found = await testsIn([...new Set(named.map(fileOf))]);
  });

  const enginesOf = (test: string): readonly string[] =>
    found
      .filter(({ file }) => file === fileOf(test))
      .filter(({ title }) => title.endsWith(` ${titleOf(test)}`))
      .map(({ engine }) => engine);

  it('has each cell once', () => {
    expect(new Set(rows.map(({ cell }) => cell)).size).to.equal(rows.length);
  });

  it('has an answer and a test in each cell', () => {
    const bare = rows.filter(({ answer, tests }) => answer === '' || tests.length === 0);

    expect(bare.map(({ cell }) => cell)).to.deep.equal([]);
  });

  it('says of the cells that are not wholly proved what is missing, and of no others', () => {
    const open = rows.filter(({ missing }) => missing !== '');

    expect(open.map(({ cell }) => cell)).to.deep.equal(unproved);
  });

  it('names only tests that there are, each by a title that only it has', () => {
    const wrong = named.filter((test) => {
      const engines = enginesOf(test);
      return engines.length === 0 || new Set(engines).size < engines.length;
    });

    expect(wrong).to.deep.equal([]);
  });

  it('names only tests that run on SQLite and on MongoDB, but for those that are told', () => {
    const narrow = named.filter(
      (test) => !['sqlite', 'mongo'].every((engine) => enginesOf(test).includes(engine)),
    );

    expect([...new Set(narrow.map(fileOf))].sort()).to.deep.equal([...onOneStore].sort());
  });

  it('proves each cell on SQLite and on MongoDB', () => {
    const narrow = rows.filter(
      ({ tests }) => !tests.some((test) => enginesOf(test).includes('mongo')),
    );

    expect(narrow.map(({ cell }) => cell)).to.deep.equal([]);
  });

  it('says on which engines', () => {
    const said = rows.map(({ cell, engines }) => [cell, engines]);
    const real = rows.map(({ cell, tests }) => {
      const all = new Set(tests.flatMap(enginesOf));
      return [cell, engineNames.filter((name) => all.has(name)).join(' ')];
    });

    expect(said).to.deep.equal(real);
  });
});

describeShared('the decision table as it was decided', () => {
  const page = (): readonly string[] =>
    readShared('..', 'facts', 'identity-and-rights.md').split('\n');
  const cellsOf = (line: string): readonly string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());

  it('has the same cells', () => {
    const cells: string[] = [];
    let heading = '';
    let columns: readonly string[] | undefined;
    for (const line of page()) {
      if (line.startsWith('## ')) heading = line.slice(3);
      if (!line.startsWith('|')) columns = undefined;
      else if (columns === undefined) columns = cellsOf(line);
      else if (!line.startsWith('| ---')) cells.push(...namesOf(heading, columns, cellsOf(line)));
    }

    expect(
      rows.map(({ cell }) => shortened(cell)).filter((cell) => !cell.endsWith(' | sentence')),
    ).to.have.members(cells.map(shortened));
  });

  it('has every sentence around the tables', () => {
    const prose = page()
      .filter((line) => !/^[|#]/.test(line))
      .join(' ')
      .replaceAll(/\s+/g, ' ');
    const sentences = rows.flatMap(({ cell }) => {
      const [, sentence = '', column] = cell.split(' | ');
      return column === 'sentence' ? [sentence] : [];
    });
    const left = sentences.reduce((text, sentence) => text.replace(sentence, ''), prose);

    expect(sentences.filter((sentence) => !prose.includes(sentence))).to.deep.equal([]);
    expect(left.trim()).to.equal('');
  });

  const namesOf = (
    heading: string,
    [, ...columns]: readonly string[],
    [line = '', ...cells]: readonly string[],
  ): readonly string[] =>
    columns.flatMap((column, place) =>
      cells[place] === '' ? [] : [[heading, line, column].join(' | ')],
    );
  /** Headings say more in brackets. */
  const shortened = (cell: string): string => cell.replace(/^([^|(]*?) \([^|]*\) \|/, '$1 |');
});
