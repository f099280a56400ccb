// The day's list: its days, and what can be done with a visit.

import { expect } from 'chai';
import type { Appointment } from 'fhir/r4.js';
import { actionsOf, dayQuery } from '../../../../smart-apps/desk/src/day/day-list.ts';

describe('the list of a day', () => {
  const timeZone = 'Asia/Kolkata';
  const now = Date.parse('2026-11-21T10:00:00+05:30');
  const at = (status: Appointment['status'], minutes: number): Appointment => ({
    ...{ resourceType: 'Appointment', status, participant: [] },
    start: new Date(now + minutes * 60_000).toISOString(),
  });

  it('asks from the midnight of the hospital to the next', () => {
    const query = dayQuery(
      { day: '2026-11-21', practitioner: '', place: '', state: 'all' },
      timeZone,
    );

    expect(query).to.deep.include({
      date: ['ge2026-11-20T18:30:00.000Z', 'lt2026-11-21T18:30:00.000Z'],
      status: 'booked,pending,arrived,checked-in,fulfilled,noshow',
    });
  });

  it('asks for whom, where and which state is chosen', () => {
    const query = dayQuery(
      { day: '2026-11-21', practitioner: 'Practitioner/1', place: 'Location/1', state: 'here' },
      timeZone,
    );

    expect(query).to.include({
      ...{ practitioner: 'Practitioner/1', location: 'Location/1', status: 'arrived,checked-in' },
    });
  });

  for (const [what, visit, actions] of [
    ['later today', at('booked', 60), ['arrive', 'move', 'cancel']],
    ['that has begun', at('booked', -5), ['arrive', 'no-show']],
    ['of tonight, which is tomorrow in UTC', at('booked', 60 * 13), ['arrive', 'move', 'cancel']],
    ['of another day', at('booked', 60 * 48), ['move', 'cancel']],
    ['that is held', at('pending', 60), ['cancel']],
    ['of who is here', at('arrived', 60), ['wait-not']],
    ['that is over', at('fulfilled', -60), []],
    ['of who did not come', at('noshow', -60), []],
  ] as const)
    it(`lets a visit ${what} be ${actions.join(', ') || 'looked at'}`, () => {
      expect(actionsOf(visit, { now, timeZone })).to.deep.equal(actions);
    });
});
