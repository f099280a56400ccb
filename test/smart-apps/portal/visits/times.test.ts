// Times: how offers are grouped, and from when on they are looked for.

import { expect } from 'chai';
import type { Appointment } from 'fhir/r4.js';
import { momentFrom, offersByDay } from '../../../../smart-apps/portal/src/visits/times.ts';

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
  it('are grouped by the day of the place, then by the service', () => {
    const days = offersByDay([
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

  it('are looked for from now on, however early the day that is asked for', () => {
    const at = Date.parse('2026-11-23T10:07:00Z');

    expect(momentFrom('', at)).to.equal('2026-11-23T10:00:00.000Z');
    expect(momentFrom('2020-01-01', at)).to.equal('2026-11-23T10:00:00.000Z');
    expect(Date.parse(momentFrom('2026-12-01', at))).to.equal(Date.parse('2026-12-01T00:00:00'));
  });
});
