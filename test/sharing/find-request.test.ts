// find-request: which Tasks are requests that wait for an answer.

import { expect } from 'chai';
import { sharingTaskSystem } from '#src/access/sharing-task.ts';
import { writeAsked } from '#src/sharing/asked.ts';
import { readRequest } from '#src/sharing/find-request.ts';
import type { Version } from '#src/store/port.ts';

const asked = {
  ...{ kinds: ['results', 'visits'] as const, purpose: 'TREAT', text: 'Please' },
  period: { start: '2030-01-01T00:00:00.000Z', end: '2030-02-01T00:00:00.000Z' },
  ...{ organization: 'Organization/b', person: 'Practitioner/rao' },
};
const end = '2030-01-15T00:00:00.000Z';
const task = (changes: object = {}): object => ({
  resourceType: 'Task',
  status: 'requested',
  code: { coding: [{ system: sharingTaskSystem, code: 'request-access' }] },
  basedOn: [{ reference: 'Task/own' }],
  for: { reference: 'Patient/1' },
  executionPeriod: { end },
  ...writeAsked(asked),
  ...changes,
});
const version = (resource: object, custodian = 'Patient/1'): Version => ({
  ...{ type: 'Task', id: 't', version: '1', at: 0, deleted: false, method: 'POST', custodian },
  text: JSON.stringify(resource),
});
const now = Date.parse(end) - 1;

describe('sharing/find-request', () => {
  it('reads what was asked, of whom, and the Task of who asked', () => {
    const found = readRequest(version(task()), now);

    expect(found).to.include({ patient: '1', ownTask: 'own' });
    expect(found).to.deep.include({ asked });
  });

  it('goes by the patient the Task is for now, when the one it was put to was merged', () => {
    const merged = task({ for: { reference: 'Patient/survivor' } });

    expect(readRequest(version(merged), now)).to.include({ patient: 'survivor' });
  });

  const others: Readonly<Record<string, readonly [Version, string]>> = {
    'the Task of who asked': [version(task(), 'Organization/b'), 'no request'],
    'a Task of another kind': [version(task({ code: { text: 'request-access' } })), 'no request'],
    'one that was given': [version(task({ status: 'completed' })), 'answered'],
    'one that was denied': [version(task({ status: 'rejected' })), 'answered'],
    'one that was ended': [version(task({ status: 'cancelled' })), 'over'],
    'one whose time is over': [version(task({ executionPeriod: { end: '2030-01-01' } })), 'over'],
  };
  for (const [what, [one, finding]] of Object.entries(others))
    it(`takes ${what} for '${finding}'`, () => {
      expect(readRequest(one, now)).to.equal(finding);
    });
});
