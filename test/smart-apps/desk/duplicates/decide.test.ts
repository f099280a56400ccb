// What a clerk decides, as parameters, and what comes back.

import { expect } from 'chai';
import type { Task } from 'fhir/r4.js';
import {
  aboutOf,
  decidedOf,
  parametersOf,
} from '../../../../smart-apps/desk/src/duplicates/decide.ts';

const task: Task = { resourceType: 'Task', status: 'requested', intent: 'proposal' };

const system = 'urn:oid:1.2.36.146';

describe('a decision', () => {
  it('asks a person by the health ID they tell, or whoever is certain', () => {
    expect(parametersOf({ kind: 'ask' }, system)).to.deep.equal([
      { name: 'ask-person', valueBoolean: true },
    ]);
    expect(parametersOf({ kind: 'ask', uhid: '1' }, system)).to.deep.equal([
      {
        name: 'same',
        valueReference: { identifier: { system, value: '1' } },
      },
    ]);
  });

  it('sends a code without the spaces it was told with', () => {
    expect(parametersOf({ kind: 'prove', ticket: 't', code: '12 34' }, system)).to.deep.include({
      ...{ name: 'code', valueString: '1234' },
    });
  });

  it('ends with a Patient, with a merge that is proposed, or with a person who is asked', () => {
    const parameter = [{ name: 'ticket', valueString: 't' }];

    expect(decidedOf({ resourceType: 'Patient', id: 'a' }).state).to.equal('patient');
    expect(decidedOf({ ...task, status: 'accepted' }).state).to.equal('proposed');
    expect(decidedOf({ resourceType: 'Parameters', parameter })).to.deep.equal({
      ...{ state: 'asked', ticket: 't' },
    });
  });

  it('is about somebody inside the Task, or about a Patient', () => {
    const person = { resourceType: 'Patient', id: 'person' } as const;

    expect(
      aboutOf({ ...task, contained: [person], focus: { reference: '#person' } }),
    ).to.deep.equal({ person });
    expect(aboutOf({ ...task, focus: { reference: 'Patient/a' } })).to.deep.equal({ id: 'a' });
    expect(aboutOf(task)).to.equal(undefined);
  });
});
