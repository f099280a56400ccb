// The day's list: its days, and what can be done with a visit.

import { expect } from 'chai';
import type { Appointment } from 'fhir/r4.js';
import {
  actionsOf,
  dayOf,
  dayQuery,
  momentOf,
  shiftDay,
} from '../../../../smart-apps/desk/src/day/day-list.ts';

describe('the list of a day', () => {
  const now = new Date(2026, 10, 21, 10, 0).getTime();
  const at = (status: Appointment['status'], minutes: number): Appointment => ({
    ...{ resourceType: 'Appointment', status, participant: [] },
    start: new Date(now + minutes * 60_000).toISOString(),
  });

  it('goes to the next and the last day over the ends of months and years', () => {
    expect(shiftDay('2026-12-31', 1)).to.equal('2027-01-01');
    expect(shiftDay('2028-03-01', -1)).to.equal('2028-02-29');
  });

  it('asks from the midnight of this device to the next', () => {
    const query = dayQuery({ day: '2026-11-21', practitioner: '', place: '', state: 'all' });

    expect(query['date']).to.deep.equal([
      `ge${momentOf('2026-11-21')}`,
      `lt${momentOf('2026-11-22')}`,
    ]);
    expect(dayOf(new Date(momentOf('2026-11-21')))).to.equal('2026-11-21');
  });

  it('asks for whom, where and which state is chosen', () => {
    const query = dayQuery({
      ...{ day: '2026-11-21', practitioner: 'Practitioner/1', place: 'Location/1', state: 'here' },
    });

    expect(query).to.include({
      ...{ practitioner: 'Practitioner/1', location: 'Location/1', status: 'arrived,checked-in' },
    });
  });

  for (const [what, visit, actions] of [
    ['later today', at('booked', 60), ['check-in', 'move', 'cancel']],
    ['that has begun', at('booked', -5), ['check-in', 'no-show']],
    ['of another day', at('booked', 60 * 48), ['move', 'cancel']],
    ['that is held', at('pending', 60), ['cancel']],
    ['of who is here', at('arrived', 60), ['undo']],
    ['that is over', at('fulfilled', -60), []],
    ['of who did not come', at('noshow', -60), []],
  ] as const)
    it(`lets a visit ${what} be ${actions.join(', ') || 'looked at'}`, () => {
      expect(actionsOf(visit, now)).to.deep.equal(actions);
    });
});
