// The rules of a Schedule in a form, and their faults at the fields.

import { expect } from 'chai';
import type { Schedule } from 'fhir/r4.js';
import type { Problem } from '#src/fhir/problem.ts';
import { outcomeOf } from '#src/fhir/outcome.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { readRules } from '#src/scheduling/rules.ts';
import { ownFaults, serverFaults } from '../../../../smart-apps/desk/src/availability/faults.ts';
import { formOf, newForm, withRules } from '../../../../smart-apps/desk/src/availability/form.ts';
import { weekOf } from '../../../../smart-apps/desk/src/availability/times.ts';
import { failureOf } from '../../../../smart-apps/ui/src/fhir/failure.ts';

const schedule: Schedule = {
  ...{ resourceType: 'Schedule', id: 's', actor: [{ reference: 'Practitioner/dr' }] },
  extension: [{ url: 'https://example.org/other', valueString: 'kept' }],
};
const form = {
  ...newForm,
  days: [{ date: '2026-12-24', from: '09:00', to: '12:00' }],
  closed: [{ start: '2026-12-25', end: '2026-12-26' }],
};
const rulesOf = (changed: Schedule) => readRules(changed as unknown as Resource);
const faultsOf = (wrong: typeof form) => {
  try {
    rulesOf(withRules(schedule, wrong));
  } catch (error) {
    return serverFaults(failureOf(422, outcomeOf((error as Problem).issues)), wrong);
  }
  return {};
};

describe('the form of availability', () => {
  it('becomes rules as the server reads them, and they become the same form', () => {
    const changed = withRules(schedule, form);

    expect(rulesOf(changed)).to.deep.include({
      ...{ zone: 'Asia/Kolkata', length: 20, buffer: 5, capacity: 1, mode: 'in-person' },
      ...{ notice: 30, cancelNotice: 120 },
    });
    expect(formOf(changed)).to.deep.equal(form);
    expect(changed.extension).to.deep.include(schedule.extension![0]);
  });

  it('shows what the server refuses at its field', () => {
    const wrong = {
      ...form,
      length: '3',
      timeZone: 'Pune',
      hours: [...form.hours, { days: ['mon'] as const, from: '18:00', to: '17:00' }],
      closed: [{ start: '2026-12-26', end: '2026-12-25' }],
    };

    expect(Object.keys(faultsOf(wrong))).to.have.members([
      ...['length', 'timeZone', 'hours.1', 'closed.0'],
    ]);
  });

  it('says itself what could not even be sent', () => {
    const wrong = {
      ...form,
      capacity: 'two',
      hours: [{ days: [], from: '09:00', to: '' }],
      days: [{ date: '', from: '09:00', to: '10:00' }],
      closed: [{ start: '', end: '' }],
    };

    expect(ownFaults(form)).to.deep.equal({});
    expect(ownFaults(wrong)).to.deep.equal({
      ...{ capacity: 'number', 'hours.0': 'weekdays', 'days.0': 'date', 'closed.0': 'date' },
    });
  });

  it('shows the visits of a week: as many as find room, each with its pause', () => {
    const hours = [
      { days: ['mon'] as const, from: '14:00', to: '15:00' },
      { days: ['mon', 'tue'] as const, from: '09:00', to: '10:10' },
    ];

    expect(weekOf({ ...newForm, hours })).to.deep.equal([
      { day: 'mon', times: ['09:00', '09:25', '09:50', '14:00', '14:25'] },
      { day: 'tue', times: ['09:00', '09:25', '09:50'] },
    ]);
    expect(weekOf({ ...newForm, length: '' })).to.deep.equal([]);
  });
});
