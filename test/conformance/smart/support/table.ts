// The table of Inferno's tests in conformance/smart/inferno.md, and the way a test takes its row: what the table calls passed
// must pass, what it calls not yet must still fail. So it cannot say anything untrue for longer than one run of the tests.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Row {
  readonly id: string;
  readonly name: string;
  readonly result: string;
}

export const tablePath = join(import.meta.dirname, '../../../../conformance/smart/inferno.md');

export const rows: readonly Row[] = readFileSync(tablePath, 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => /^(g10 )?\d+(\.\d+)*( \w+)*$/.test(cells[1] ?? ''))
  .map(([, id = '', name = '', , result = '']) => ({ id, name: name.replaceAll('`', ''), result }));

/** The ids that have a test, in the files that were loaded. */
export const tested = new Set<string>();

/** One test of Inferno's. The title is what it asks of a server. */
export const inferno = (
  id: string,
  title: string,
  test: (this: Mocha.Context) => Promise<void> | void,
): void => {
  if (tested.has(id)) throw new Error(`Inferno ${id} has two tests.`);
  tested.add(id);
  const row = rows.find((each) => each.id === id);
  if (row === undefined) throw new Error(`Inferno ${id} has no row in ${tablePath}.`);
  it(`${id} ${title}`, row.result === 'pass' ? test : stillFails(test, row));
};

const stillFails = (
  test: (this: Mocha.Context) => Promise<void> | void,
  { id, result }: Row,
): Mocha.AsyncFunc =>
  async function () {
    let isPassed = true;
    try {
      await test.call(this);
    } catch {
      isPassed = false;
    }
    if (isPassed) throw new Error(`Inferno ${id} passes now; the table says: ${result}`);
    console.log(`      ${id} is not passed yet: ${result}`);
  };
