// An emergency while it lasts.

import { expect } from 'chai';
import type { Task } from 'fhir/r4.js';
import { formatLeft, lastingOf } from '../../../../smart-apps/clinician/src/access/emergency.ts';

const task = (id: string, end: string): Task => ({
  ...{ resourceType: 'Task', id, intent: 'order', status: 'requested', executionPeriod: { end } },
});

describe('an emergency', () => {
  it('is the one that lasts longest of those that are not over', () => {
    const now = Date.parse('2026-11-21T10:00:00Z');
    const tasks = [
      task('over', '2026-11-21T10:00:00Z'),
      task('short', '2026-11-21T10:10:00Z'),
      task('long', '2026-11-21T10:50:00Z'),
    ];

    expect(lastingOf(tasks, now)?.id).to.equal('long');
    expect(lastingOf(tasks.slice(0, 1), now)).to.equal(undefined);
  });

  it('counts down in minutes and seconds', () => {
    expect(formatLeft(59 * 60_000 + 7_400)).to.equal('59:07');
    expect(formatLeft(3_720_000)).to.equal('1:02:00');
    expect(formatLeft(-5)).to.equal('0:00');
  });
});
