// The list of SMART's requirements is complete, and names tests that there are or gives a reason.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describeShared, readShared } from '../../support/shared.ts';
import { tested } from './support/table.ts';

// Loaded here too, so that this file alone says the same as the whole run.
import './attacks-browser.test.ts';
import './attacks-token.test.ts';
import './requirements-clients.test.ts';
import './requirements-launch.test.ts';
import './table.test.ts';

interface Requirement {
  readonly id: string;
  readonly conformance: string;
  readonly tests: readonly string[];
  readonly reason: string;
}

const path = join(import.meta.dirname, '../../../conformance/smart/requirements.tsv');

const requirements: readonly Requirement[] = readFileSync(path, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'))
  .map(([id = '', conformance = '', , tests = '', reason = '']) => ({
    ...{ id, conformance, reason },
    tests: tests.split(' ; ').filter((each) => each !== ''),
  }));

describe('the requirements of SMART App Launch 2.2.0 on a server', () => {
  it('are 167 SHALL and 5 SHALL NOT, each once', () => {
    const count = (conformance: string): number =>
      requirements.filter((each) => each.conformance === conformance).length;

    expect([count('SHALL'), count('SHALL NOT')]).to.deep.equal([167, 5]);
    expect(new Set(requirements.map(({ id }) => id)).size).to.equal(172);
  });

  it('each have a test or a reason', () => {
    const bare = requirements.filter(({ tests, reason }) => tests.length === 0 && reason === '');

    expect(bare.map(({ id }) => id)).to.deep.equal([]);
  });

  it('name only tests that there are', function () {
    const titles = new Set([...titlesIn(rootOf(this.test!.parent!)), ...tested]);
    const unknown = requirements.flatMap(({ id, tests }) =>
      tests.filter((test) => !titles.has(test)).map((test) => `${id}: ${test}`),
    );

    expect(unknown).to.deep.equal([]);
  });
});

describeShared('the requirements as Inferno lists them', () => {
  it('are the same, with the same words of obligation', () => {
    const listed = records(readShared('requirements', 'smart-app-launch-requirements.csv'))
      .filter(([set = '', , , , obligation = '', actors = '']) =>
        [set.endsWith('_2.2.0'), obligation.startsWith('SHALL'), actors.includes('Server')].every(
          Boolean,
        ),
      )
      .map(([, id = '', , , obligation = '']) => `${id} ${obligation}`);

    expect(requirements.map(({ id, conformance }) => `${id} ${conformance}`)).to.have.members(
      listed,
    );
  });
});

const rootOf = (suite: Mocha.Suite): Mocha.Suite =>
  suite.parent === undefined ? suite : rootOf(suite.parent);

const titlesIn = (suite: Mocha.Suite): readonly string[] => [
  ...suite.tests.map(({ title }) => title),
  ...suite.suites.flatMap(titlesIn),
];

/** RFC 4180: quoted fields may hold commas, quotes and line ends. */
const records = (csv: string): readonly (readonly string[])[] => {
  const found: string[][] = [[]];
  for (const [, quoted, bare = '', end] of csv.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g,
  )) {
    found.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end !== ',') found.push([]);
  }
  return found;
};
