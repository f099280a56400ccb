// Where a visit stands, who is next, and what can be noted.

import { expect } from 'chai';
import type { Appointment, Encounter, FhirResource, Patient } from 'fhir/r4.js';
import {
  changesOf,
  minutesWaiting,
  nextOf,
  visitsOf,
  type Visit,
} from '../../../../smart-apps/clinician/src/day/visit.ts';

const at = (time: string): string => `2026-11-21T${time}:00Z`;
const now = Date.parse(at('10:00'));

const appointment = (
  id: string,
  status: Appointment['status'],
  start = at('10:00'),
): Appointment => ({
  ...{ resourceType: 'Appointment', id, status, start },
  // What was changed last is not when somebody came.
  meta: { lastUpdated: at('09:59') },
  participant: [
    {
      ...{ actor: { reference: `Patient/p-${id}`, display: 'As booked' }, status: 'accepted' },
      period: { start: at('09:45') },
    },
  ],
});
const encounter = (id: string, status: Encounter['status']): Encounter => ({
  ...{ resourceType: 'Encounter', status, class: {} },
  appointment: [{ reference: `Appointment/${id}` }],
});
const visit = (one: Appointment, ...included: FhirResource[]): Visit =>
  visitsOf([one], included)[0]!;

describe('a visit of the day', () => {
  it('stands where its appointment says, or its encounter once it has begun', () => {
    const states = [
      visit(appointment('a', 'booked')),
      visit(appointment('a', 'checked-in')),
      visit(appointment('a', 'arrived'), encounter('a', 'in-progress')),
      visit(appointment('a', 'arrived'), encounter('a', 'finished')),
      visit(appointment('a', 'arrived'), encounter('b', 'in-progress')),
      visit(appointment('a', 'noshow')),
      visit(appointment('a', 'cancelled'), encounter('a', 'in-progress')),
    ].map(({ state }) => state);

    expect(states).to.deep.equal([
      ...['booked', 'arrived', 'in-progress', 'done', 'arrived', 'no-show', 'cancelled'],
    ]);
  });

  it('has its patient where the record is open', () => {
    const patient: Patient = { resourceType: 'Patient', id: 'p-a' };

    expect(visit(appointment('a', 'booked'), patient).patient).to.equal(patient);
    expect(visit(appointment('b', 'booked'), patient).patient).to.equal(undefined);
  });

  it('is next when its patient waits, before those who were booked earlier', () => {
    const visits = visitsOf(
      [
        appointment('done', 'fulfilled', at('09:00')),
        appointment('early', 'booked', at('09:30')),
        appointment('waits', 'arrived', at('10:30')),
        appointment('waits-longer', 'arrived', at('10:00')),
      ],
      [],
    );

    expect(nextOf(visits)?.appointment.id).to.equal('waits-longer');
    expect(nextOf(visits.slice(0, 2))?.appointment.id).to.equal('early');
    expect(nextOf(visits.slice(0, 1))).to.equal(undefined);
  });

  it('counts the minutes since the patient came, for who waits alone', () => {
    expect(minutesWaiting(visit(appointment('a', 'arrived')), now)).to.equal(15);
    expect(minutesWaiting(visit(appointment('a', 'booked')), now)).to.equal(undefined);
  });

  it('cannot be missed before it should have begun', () => {
    const later = appointment('a', 'booked', at('10:01'));

    expect(changesOf(visit(later), now)).to.deep.equal(['arrive']);
    expect(changesOf(visit(appointment('a', 'booked')), now)).to.deep.equal(['arrive', 'no-show']);
    expect(changesOf(visit(appointment('a', 'fulfilled')), now)).to.deep.equal([]);
  });
});
