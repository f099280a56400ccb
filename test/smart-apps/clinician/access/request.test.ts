// Asking for access, and what came of it.

import { expect } from 'chai';
import type { Task } from 'fhir/r4.js';
import {
  parametersOf,
  patientOf,
  stateOf,
  type Wanted,
} from '../../../../smart-apps/clinician/src/access/request.ts';

const wanted: Wanted = {
  ...{ uhid: ' 72-8405-4392-9795 ', kinds: ['results', 'allergies'], purpose: 'TREAT' },
  ...{ until: '2026-12-21', text: ' ', isAtDesk: false },
};
const now = Date.parse('2026-11-21T10:00:00Z');
const named = (name: string, change: Partial<Wanted> = {}) =>
  parametersOf({ ...wanted, ...change }, { system: 'urn:oid:1.2', now }).filter(
    (parameter) => parameter.name === name,
  );

const task = (status: Task['status'], end: string): Task => ({
  ...{ resourceType: 'Task', intent: 'proposal', status, executionPeriod: { end } },
});
const later = '2026-12-05T10:00:00Z';

describe('a request for access', () => {
  it('names each kind, or everything alone', () => {
    expect(named('kind').map(({ valueCode }) => valueCode)).to.deep.equal(['results', 'allergies']);
    expect(named('kind', { kinds: ['results', 'everything'] })).to.deep.equal([
      { name: 'kind', valueCode: 'everything' },
    ]);
  });

  it('begins now and ends with the last day', () => {
    const { start, end } = named('period')[0]!.valuePeriod!;

    expect(start).to.equal('2026-11-21T10:00:00.000Z');
    expect(new Date(end!).getDate()).to.equal(21);
    expect(new Date(Date.parse(end!) + 1000).getDate()).to.equal(22);
  });

  it('sends neither words that were not written nor a desk where nobody stands', () => {
    expect([...named('text'), ...named('desk')]).to.deep.equal([]);
    expect(named('desk', { isAtDesk: true })).to.deep.equal([{ name: 'desk', valueBoolean: true }]);
  });

  it('waits, was given, or is over', () => {
    expect(stateOf(task('requested', later), now)).to.equal('waiting');
    expect(stateOf(task('requested', '2026-11-21T09:00:00Z'), now)).to.equal('over');
    expect(stateOf(task('cancelled', later), now)).to.equal('over');
    expect(stateOf(task('completed', later), now)).to.equal('given');
  });

  it('leads to the patient once it was given', () => {
    const given: Task = {
      ...task('completed', later),
      output: [{ type: { text: 'patient' }, valueReference: { reference: 'Patient/1' } }],
    };

    expect(patientOf(given)).to.equal('1');
    expect(patientOf(task('requested', later))).to.equal(undefined);
  });
});
