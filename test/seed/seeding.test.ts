// Seeding: what the seed says is written once, is valid in depth, and means what it should to who may see what.

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { Appointment, Bundle, FhirResource, Patient, Slot } from 'fhir/r4.js';
import { hasStanding } from '#src/access/standing.ts';
import { seedPatients } from '#src/administration/seed.ts';
import { parseDocument } from '#src/fhir/json.ts';
import { createClock } from '#src/platform/clock.ts';
import { openCalendars } from '#src/scheduling/calendars.ts';
import { directories, recordOf } from '../../seed/records.ts';
import { startServer, type TestServer } from '../support/server.ts';

const run = promisify(execFile);
const patients = 24;

describe('administration/seed', function () {
  this.timeout(300_000);
  let server: TestServer;
  let written: number;
  before(async () => {
    server = await startServer({ env: { ENROL_ON_CREATE: 'on' } });
    written = await seedPatients({ from: 1, to: patients }, server);
  });
  after(() => server.close());
  const read = async (type: string, id: string) =>
    (await server.context.store.resources.read([{ type, id }]))[0];
  const resourceOf = async (type: string, id: string) =>
    JSON.parse((await read(type, id))!.text) as FhirResource;
  const day = async () =>
    (await server.context.store.records.get('administration', 'seed')) as {
      readonly seed: string;
      readonly day: string;
    };

  it('writes everything, and a second time nothing', async () => {
    const origin = await day();
    const parts = Array.from({ length: patients }, (_, at) => recordOf(at + 1, origin)).flat();
    const expected = [...directories(origin), ...parts].flatMap(({ resources }) => resources);

    expect(written).to.equal(expected.length);
    expect(await seedPatients({ from: 1, to: patients }, server)).to.equal(0);
  });

  it('does not bring back what was deleted, and leaves what was changed', async () => {
    const { context, base } = server;
    await fetch(`${base}/Condition/seed-3-1`, { method: 'DELETE' });
    await seedPatients({ from: 3, to: 3 }, { context, base });

    expect((await read('Condition', 'seed-3-1'))!.deleted).to.equal(true);
  });

  it('keeps to the word it was begun with, and says so', async () => {
    const { administer } = server.application;
    const asked = (seed: string) =>
      administer({ command: 'seed', parameters: [...Object.entries({ to: '2', seed })] }).then(
        ([output]) => output!['valueUnsignedInt'],
        (error: unknown) => String(error),
      );

    expect(await asked('meridian')).to.equal(0);
    expect(await asked('other')).to.contain("was seeded with 'meridian'");
  });

  for (const [parameters, fault] of [
    [{}, 'names the last patient'],
    [{ from: '3', to: '2' }, 'comes after the first'],
    [{ to: '1001' }, 'at most 1000'],
  ] as const)
    it(`refuses ${JSON.stringify(parameters)} with what to do`, async () => {
      const asked = { command: 'seed', parameters: Object.entries(parameters) };
      const refused = await server.application.administer(asked).catch(String);

      expect(refused).to.contain(fault);
    });

  it('has health IDs that the server gave', async () => {
    const numbers = await Promise.all(
      Array.from({ length: patients }, async (_, at) => {
        const { identifier = [] } = (await resourceOf('Patient', `seed-${at + 1}`)) as Patient;
        return identifier.find(({ type }) => type?.text === 'UHID')?.value;
      }),
    );

    expect(numbers).to.not.include(undefined);
    expect(new Set(numbers).size).to.equal(patients);
  });

  it('is valid in depth', async () => {
    const origin = await day();
    const parts = [
      ...directories(origin),
      ...[1, 5, 9, 14].flatMap((nth) => recordOf(nth, origin)),
    ];
    for (const { resources } of parts)
      for (const resource of resources) {
        const document = parseDocument(JSON.stringify(resource), 64);
        const issues = await server.context.validate(document, { depth: 'full' });
        // "A resource should have narrative" is what every resource of a program is told.
        const faults = issues.filter(({ diagnostics }) => !diagnostics.includes('dom-6'));
        expect(faults, `${resource.resourceType}/${resource.id!}`).to.deep.equal([]);
      }
  });

  it('has proxies who may stand for their patient', async () => {
    const origin = await day();
    const child = Array.from({ length: patients }, (_, at) => at + 1).find((nth) =>
      recordOf(nth, origin)[0]!.resources.some(({ id }) => id === `seed-${nth}-proxy`),
    )!;
    const { resources, definitions } = { ...server.context, ...server.context.store };
    const caller = {
      ...{ client: 'test', token: 'test', scopes: [], role: 'proxy' as const, user: 'test' },
      ...{ fhirUser: `RelatedPerson/seed-${child}-relative`, patient: `seed-${child}` },
    };
    const sources = { resources, definitions, now: createClock() };

    expect(await hasStanding(caller, sources)).to.equal(true);
    expect(await hasStanding({ ...caller, patient: 'seed-999' }, sources)).to.equal(false);
  });

  it('has schedules whose rules make sense', async () => {
    const found = await read('Schedule', 'visit-dr-deshpande');
    const [calendar] = await openCalendars([found!], server.context);

    expect(calendar!.rules.length).to.equal(20);
    expect(found!.custodian).to.equal('Organization/sahyadri');
  });

  it('offers nobody the time that a patient of the seed has, and others of that doctor', async () => {
    const origin = await day();
    const slot = Array.from({ length: patients }, (_, at) => recordOf(at + 1, origin))
      .flat()
      .flatMap(({ resources }) => resources)
      .find((each) => each.id?.startsWith('video-dr-deshpande.')) as Slot;
    const start = Date.parse(slot.start);
    const span = new URLSearchParams({
      ...{ start: slot.start, end: new Date(start + 3_600_000).toISOString() },
      practitioner: 'Practitioner/dr-deshpande',
    });
    const answer = await fetch(`${server.base}/Appointment/$find?${span.toString()}`);
    const { entry = [] } = (await answer.json()) as Bundle<Appointment>;
    const offered = entry.map(({ resource }) => Date.parse(resource!.start!) - start);

    // Visits take a quarter of an hour, and five minutes are kept free.
    expect(offered).to.deep.equal([20 * 60_000, 40 * 60_000]);
  });
});

describe('npm run seed', function () {
  this.timeout(300_000);

  it('fills a data folder, and goes on where it was', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'meridian-test-'));
    const env = { ...process.env, DATA_DIR: dataDir, DEMO: 'off', MONGODB_URL: '' };
    const seed = async (count: string): Promise<string> =>
      (await run(process.execPath, ['seed/run.ts', '--patients', count], { env })).stdout;
    const first = await seed('2');
    const second = await seed('3');
    await rm(dataDir, { recursive: true, force: true });

    expect(first).to.match(/100 % {2}2 of 2 patients, \d{2,} new resources/);
    expect(Number(/(\d+) new/.exec(second)![1])).to.be.lessThan(
      Number(/(\d+) new/.exec(first)![1]),
    );
  });
});
