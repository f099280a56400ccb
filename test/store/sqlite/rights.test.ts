// What a caller may see is a part of every search: it must not make the search of a few dear.

import { expect } from 'chai';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { and, or, type Plan } from '#src/search/plan.ts';
import type { Window } from '#src/search/window.ts';
import type { Store } from '#src/store/port.ts';
import type { Arm } from '#src/store/sqlite/compile/arm.ts';
import { createEstimator } from '#src/store/sqlite/compile/estimate.ts';
import { openConnection, type Connection } from '#src/store/sqlite/connection.ts';
import { fileName } from '#src/store/sqlite/file-name.ts';
import { createReader, type Reader } from '#src/store/sqlite/reader.ts';
import { put, reference, string } from '#test/contract/support/build.ts';
import { openIn, temporaryFolder } from '../support/folder.ts';

const patients = 1200;
/** Of the large organization, but for every fourth; of those every second had an encounter there. */
const large = 'Organization/large';
const small = 'Organization/small';
const isKept = (id: number): boolean => id % 4 !== 0;
const isSeen = (id: number): boolean => isKept(id) || id % 8 === 0;

const isPatient: Plan = { op: 'type', types: ['Patient'] };
const named = (text: string): Plan => ({
  op: 'string',
  params: ['Patient.name'],
  match: 'starts',
  text,
});
const keptBy = (organization: string): Plan => ({
  op: 'custodian',
  organizations: [organization],
});
/** As the rights of a clinician, the dear alternatives first. */
const inCareOf = (organization: string): Plan => {
  const visited: Plan = {
    op: 'from',
    params: ['Encounter.patient', 'EpisodeOfCare.patient'],
    plan: and({ op: 'type', types: ['Encounter', 'EpisodeOfCare'] }, keptBy(organization)),
  };
  return or(visited, keptBy(organization));
};

const window: Window = { sort: [], size: 50 };
const effort = { cost: Infinity };

describe('searching the embedded store within rights', function () {
  this.timeout(60_000);
  let dataDir: string;
  let store: Store;
  let connection: Connection;
  let reader: Reader;
  const counted: Arm[] = [];
  before(async () => {
    dataDir = await temporaryFolder();
    store = await openIn(dataDir);
    await fill(store);
    connection = openConnection(join(dataDir, fileName), 'read', 8);
    const estimator = createEstimator(connection);
    reader = createReader(connection, {
      rows: (arm) => {
        counted.push(arm);
        return estimator.rows(arm);
      },
    });
  });
  beforeEach(() => counted.splice(0));
  after(async () => {
    connection.close();
    await store.close();
    await rm(dataDir, { recursive: true });
  });

  const idsOf = (plan: Plan): readonly string[] =>
    reader.search(plan, window, effort)!.items.map(({ id }) => id);
  const explained = (plan: Plan): Explained => reader.explain(plan, window) as Explained;

  it('finds a few and asks of each whether it may be seen', () => {
    const plan = and(isPatient, named('name-77'), inCareOf(large));

    expect(explained(plan).way).to.match(/^Patient\.name = /);
    const wanted = [77, ...Array.from({ length: 10 }, (_, n) => 770 + n)].filter(isSeen);
    expect(idsOf(plan)).to.deep.equal(wanted.map(String));
  });

  it('lays out no way by the rights when a few are found without', () => {
    idsOf(and(isPatient, named('name-77'), inCareOf(large)));

    expect(counted.filter(({ from }) => from.text.includes('CROSS JOIN'))).to.deep.equal([]);
    const tables = new Set(counted.map(({ from }) => from.text.split(' ')[0]));
    expect([...tables].toSorted()).to.deep.equal(['resource', 'string']);
  });

  it('does so for what a chain leads to as well', () => {
    const subject = and(isPatient, named('name-77'), inCareOf(large));
    const plan = and({ op: 'to', params: ['Encounter.patient'], plan: subject }, keptBy(large));

    expect(explained(plan).way).to.match(/^what refers to \(Patient\.name = /);
    expect(idsOf(plan)).to.deep.equal(['776']);
  });

  it('asks who keeps a resource before it asks who refers to it', () => {
    const [statement] = explained(and(isPatient, named('name-77'), inCareOf(large))).statements;

    const text = statement!.sql;
    expect(text.indexOf('.custodian = ?')).to.be.greaterThan(0);
    expect(text.indexOf('.custodian = ?')).to.be.lessThan(text.indexOf('reference_value'));
  });

  it('goes by the rights when these leave fewer than the rest of the search', () => {
    const plan = and(isPatient, named('name'), inCareOf(small));

    expect(explained(plan).way).to.match(/custodian Organization\/small/);
    expect(idsOf(plan)).to.deep.equal(['few-1', 'few-2']);
  });

  it('goes by the rights when these leave fewer than the few that are found', () => {
    const plan = and(isPatient, named('name-77'), inCareOf(small));

    expect(explained(plan).way).to.match(/custodian Organization\/small/);
    expect(idsOf(plan)).to.deep.equal([]);
  });
});

interface Explained {
  readonly way: string;
  readonly statements: readonly { readonly sql: string }[];
}

const fill = async (store: Store): Promise<void> => {
  const patient = (id: string, custodian: string | undefined) =>
    put(`Patient/${id}`, [string('Patient.name', `name-${id}`)], custodian ? { custodian } : {});
  const ids = Array.from({ length: patients }, (_, id) => id);
  const visitors = ids.filter((id) => id % 8 === 0);
  await store.resources.commit([
    ...ids.map((id) => patient(String(id), isKept(id) ? large : undefined)),
    ...visitors.map((id) =>
      put(`Encounter/${String(id)}`, [reference('Encounter.patient', `Patient/${String(id)}`)], {
        custodian: large,
      }),
    ),
    ...['few-1', 'few-2'].map((id) => patient(id, small)),
  ]);
};
