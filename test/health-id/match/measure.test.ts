// How well matching finds people again, measured on people made up with the errors desks make.

import { expect } from 'chai';
import type { Patient } from 'fhir/r4.js';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { findMatches, type Match } from '#src/health-id/match/find.ts';
import { withMatchKeys } from '#src/health-id/match/keys.ts';
import { readPerson } from '#src/health-id/match/person.ts';
import { buildRegistry } from '#src/search/build-registry.ts';
import { everything } from '#src/search/plan.ts';
import type { Change, Store } from '#src/store/port.ts';
import { sqlite, type Opened } from '#test/contract/support/engines.ts';
import { peopleOf } from './support/people.ts';

const isLong = process.env['LONG'] === '1';
const count = isLong ? 50_000 : 5_000;
const asked = isLong ? 10_000 : 1_500;

const registry = withMatchKeys(buildRegistry(loadDefinitions(), 'http://host.example/fhir'));
const asResource = (patient: Patient): Resource => patient as unknown as Resource;

const fill = async (store: Store, people: readonly Patient[]): Promise<void> => {
  const changes = people.map((patient): Change => {
    const key = { type: 'Patient', id: patient.id! };
    return {
      kind: 'put',
      version: {
        ...{ ...key, version: '1', at: 1, deleted: false, method: 'POST' },
        text: JSON.stringify(patient),
      },
      entries: registry.extract(asResource(patient)),
      expect: [],
    };
  });
  for (let at = 0; at < changes.length; at += 500)
    await store.resources.commit(changes.slice(at, at + 500));
};

interface Tally {
  readonly sought: string | undefined;
  readonly matches: readonly Match[];
}

describe(`matching among ${String(count)} people`, function () {
  this.timeout(isLong ? 3_600_000 : 180_000);
  const { people, again } = peopleOf(2026, count);
  const strangers = peopleOf(77, asked / 3).people;
  let opened: Opened;
  let tallies: readonly Tally[];
  let times: readonly number[];

  const find = (patient: Patient) =>
    findMatches(readPerson(asResource(patient)), everything, opened.store.resources);

  before(async () => {
    opened = await sqlite.open();
    await fill(opened.store, people);
    const sought = people.filter((_, at) => at % Math.floor(count / asked) === 0);
    const all: Tally[] = [];
    const took: number[] = [];
    const queries = [
      ...sought.map((person) => ({ sought: person.id, patient: again(person) })),
      ...strangers.map((patient) => ({ sought: undefined, patient })),
    ];
    for (const { sought: id, patient } of queries) {
      const start = performance.now();
      const { matches } = await find(patient);
      took.push(performance.now() - start);
      all.push({ sought: id, matches });
    }
    [tallies, times] = [all, took];
  });
  after(() => opened.close());

  it('calls hardly ever anybody certain who is not', () => {
    const certain = tallies.flatMap(({ sought, matches }) =>
      matches
        .filter(({ grade }) => grade === 'certain')
        .map(({ version }) => version.id === sought),
    );
    const precision = certain.filter(Boolean).length / certain.length;
    console.log(`      precision of certain ${precision.toFixed(5)} (${String(certain.length)})`);

    expect(precision).to.be.at.least(0.999);
  });

  it('finds nearly everybody again', () => {
    const known = tallies.filter(({ sought }) => sought !== undefined);
    const found = (grades: readonly string[]): number =>
      known.filter(({ sought, matches }) =>
        matches.some(({ version, grade }) => version.id === sought && grades.includes(grade)),
      ).length / known.length;
    const recall = found(['certain', 'probable', 'possible']);
    console.log(
      `      recall ${recall.toFixed(4)}, of it certain ${found(['certain']).toFixed(4)}, probable ${found(['probable']).toFixed(4)}`,
    );

    expect(recall).to.be.at.least(0.95);
  });

  it('leaves most strangers alone', () => {
    const unknown = tallies.filter(({ sought }) => sought === undefined);
    const suspected = unknown.filter(({ matches }) => matches.length > 0).length;
    console.log(`      strangers suspected ${(suspected / unknown.length).toFixed(4)}`);

    expect(suspected / unknown.length).to.be.at.most(0.02);
  });

  it('takes less than 50 ms', () => {
    const sorted = times.toSorted((one, other) => one - other);
    const middle = sorted[Math.floor(sorted.length / 2)]!;
    const slow = sorted[Math.floor(sorted.length * 0.99)]!;
    console.log(`      a match: median ${middle.toFixed(2)} ms, 99 % within ${slow.toFixed(2)} ms`);

    expect(middle).to.be.below(50);
  });
});
