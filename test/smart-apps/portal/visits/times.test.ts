// Times: on which clock a visit is said, how offers are grouped, and where the next page begins.

import { expect } from 'chai';
import type { Appointment } from 'fhir/r4.js';
import {
  byDay,
  distinct,
  isElsewhere,
  laterThan,
  momentFrom,
  offsetOf,
} from '../../../../smart-apps/portal/src/visits/times.ts';

const proposal = (id: string, start: string, doctor = 'rao', service = doctor): Appointment => ({
  ...{ resourceType: 'Appointment', id, status: 'proposed', start },
  participant: [
    {
      actor: { reference: `Practitioner/${doctor}`, display: `Dr. ${doctor}` },
      status: 'accepted',
    },
    { actor: { reference: `HealthcareService/${service}` }, status: 'accepted' },
  ],
});

describe('the times of visits', () => {
  it('are said in the time zone they are written in', () => {
    expect(offsetOf('2026-11-23T09:30:00+05:30')).to.equal('+05:30');
    expect(offsetOf('2026-11-23T04:00:00Z')).to.equal('UTC');
  });

  it('are elsewhere only where the clock of this device differs', () => {
    const start = '2026-11-23T09:30:00+05:30';

    expect(isElsewhere(start, 330)).to.equal(false);
    expect(isElsewhere(start, -300)).to.equal(true);
    expect(isElsewhere('2026-11-23T09:30:00-05:00', -300)).to.equal(false);
  });

  it('are grouped by the day of the place, then by the service', () => {
    const days = byDay([
      proposal('a', '2026-11-23T23:30:00+05:30'),
      proposal('b', '2026-11-23T23:30:00+05:30', 'khan'),
      proposal('c', '2026-11-23T23:50:00+05:30'),
      proposal('d', '2026-11-24T00:10:00+05:30', 'rao', 'video'),
    ]);

    expect(
      days.map(({ offers }) => offers.map(({ name, times }) => [name, times.length])),
    ).to.deep.equal([
      [
        ['Dr. rao', 2],
        ['Dr. khan', 1],
      ],
      [['Dr. rao', 1]],
    ]);
  });

  it('go on where the page ended, and end with the last', () => {
    const page = [proposal('a', '2026-11-23T09:00:00Z'), proposal('b', '2026-11-23T09:30:00Z')];

    expect(laterThan(page, 9)).to.equal('2026-11-23T09:30:00.000Z');
    expect(laterThan(page, 2)).to.equal(undefined);
    expect(laterThan(page, undefined)).to.equal('2026-11-23T09:30:00.000Z');
    expect(laterThan([], 0)).to.equal(undefined);
  });

  it('never ask for a page of one moment twice', () => {
    const page = [
      proposal('a', '2026-11-23T09:00:00Z'),
      proposal('b', '2026-11-23T09:00:00Z', 'khan'),
    ];

    expect(laterThan(page, 9)).to.equal('2026-11-23T09:01:00.000Z');
  });

  it('are listed once where two pages meet', () => {
    const [one, two] = [proposal('a', 'x'), proposal('b', 'y')];

    expect(distinct([one, two, one]).map(({ id }) => id)).to.deep.equal(['a', 'b']);
  });

  it('are looked for from now on, however early the day that is asked for', () => {
    const at = Date.parse('2026-11-23T10:07:00Z');

    expect(momentFrom('', at)).to.equal('2026-11-23T10:00:00.000Z');
    expect(momentFrom('2020-01-01', at)).to.equal('2026-11-23T10:00:00.000Z');
    expect(Date.parse(momentFrom('2026-12-01', at))).to.equal(Date.parse('2026-12-01T00:00:00'));
  });
});
