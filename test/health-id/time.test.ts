// How long an answer takes tells nothing about a person whom the caller may not see.

import { expect } from 'chai';
import type { Patient } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { drawNumber } from '#src/health-id/number.ts';
import { sqlite, type Opened } from '#test/contract/support/engines.ts';
import { openInside, type Answered, type Inside } from '#test/support/rights.ts';

const system = 'https://meridian.example/uhid';
const rounds = 300;

const desk = (organization: string): Caller => ({
  ...{ client: 'test', token: 'test', user: 'desk', role: 'desk', organization },
  ...{ fhirUser: 'Practitioner/desk', scopes: ['user/*.cruds'] },
});
const personOf = (family: string, value: string): Patient => ({
  resourceType: 'Patient',
  identifier: [{ system, value }],
  name: [{ family, given: ['Lakshmi'] }],
  birthDate: '1980-03-04',
});
const asking = (resource: object) => ({
  body: { resourceType: 'Parameters', parameter: [{ name: 'resource', resource }] },
});

describe('the time of an answer about who is hidden', function () {
  this.timeout(120_000);
  // A leak shows each time, a busy machine now and then.
  this.retries(3);
  let opened: Opened;
  let inside: Inside;
  let uhid: string;
  before(async () => {
    opened = await sqlite.open();
    inside = openInside(opened.store);
    const person = { ...personOf('Sharma', ''), identifier: [{ value: 'none' }] };
    const { json } = await inside.as(desk('Organization/a'))(
      ...(['POST', 'Patient/$register', asking(person)] as const),
    );
    uhid = (json as Patient).identifier![1]!.value!;
  });
  after(() => opened.close());

  const middle = (times: readonly number[]): number =>
    times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)]!;
  const timed = async (nobody: number, ask: () => Promise<Answered>): Promise<number> => {
    const start = performance.now();
    const { status, keys } = await ask();
    const time = performance.now() - start;
    // What is refused, or found, is no answer about who is hidden.
    expect({ status, keys }).to.deep.equal({ status: nobody, keys: [] });
    return time;
  };

  const stranger = () => inside.as(desk('Organization/b'));
  type Ask = (number: string, name: string) => Promise<Answered>;
  /** With the status of finding nobody. */
  const ways: Readonly<Record<string, readonly [number, Ask]>> = {
    'a search': [200, (number) => stranger()('GET', `Patient?identifier=${system}|${number}`)],
    $match: [
      200,
      (number, name) => stranger()('POST', 'Patient/$match', asking(personOf(name, number))),
    ],
    '$ihe-pix': [
      404,
      (number) => stranger()('GET', `Patient/$ihe-pix?sourceIdentifier=${system}|${number}`),
    ],
  };
  for (const [way, [nobody, ask]] of Object.entries(ways))
    it(`is that of who is unknown, by ${way}`, async () => {
      const absent = drawNumber();
      const times: Record<'hidden' | 'absent', number[]> = { hidden: [], absent: [] };

      // In turns, so that both meet the same moments of the machine.
      for (let round = 0; round < rounds; round += 1) {
        times.hidden.push(await timed(nobody, () => ask(uhid, 'Sharma')));
        times.absent.push(await timed(nobody, () => ask(absent, 'Farrell')));
      }

      const [hidden, unknown] = [middle(times.hidden), middle(times.absent)];
      expect(Math.abs(hidden - unknown)).to.be.below(Math.max(0.1, unknown * 0.25));
    });
});
