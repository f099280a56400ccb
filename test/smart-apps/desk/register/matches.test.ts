// Who may be the person: out of a match, and out of a Task of the worklist.

import { expect } from 'chai';
import type { Bundle, Task } from 'fhir/r4.js';
import { candidatesOf, matchesOf } from '../../../../smart-apps/desk/src/register/matches.ts';

const gradeUrl = 'http://hl7.org/fhir/StructureDefinition/match-grade';

describe('who may be the person', () => {
  it('comes out of a match with the grade', () => {
    const bundle: Bundle = {
      ...{ resourceType: 'Bundle', type: 'searchset' },
      entry: [
        {
          resource: { resourceType: 'Patient', id: 'a' },
          search: { extension: [{ url: gradeUrl, valueCode: 'certain' }] },
        },
        { resource: { resourceType: 'OperationOutcome' } },
        {
          resource: { resourceType: 'Patient', id: 'b' },
          search: { extension: [{ url: gradeUrl, valueCode: 'certainly-not' }] },
        },
      ],
    };

    expect(matchesOf(bundle)).to.deep.equal([
      { patient: { resourceType: 'Patient', id: 'a' }, grade: 'certain' },
    ]);
  });

  it('comes out of a Task, with a grade where there is one', () => {
    const named = (id: string) => ({
      ...{ type: { text: 'candidate' }, valueReference: { reference: `Patient/${id}` } },
    });
    const task: Task = {
      ...{ resourceType: 'Task', status: 'requested', intent: 'proposal' },
      input: [
        named('a'),
        { type: { text: 'match-grade' }, valueCode: 'probable' },
        { type: { text: 'score' }, valueDecimal: 0.95 },
        named('b'),
      ],
    };

    expect(candidatesOf(task)).to.deep.equal([
      { id: 'a', grade: 'probable' },
      { id: 'b', grade: undefined },
    ]);
  });
});
