// What has been measured, each thing once.

import { expect } from 'chai';
import type { Observation } from 'fhir/r4.js';
import {
  bloodPressure,
  drawnOf,
  measuredIn,
} from '../../../../smart-apps/clinician/src/chart/measured.ts';

const observation = (id: string, code: string, value: Partial<Observation>): Observation => ({
  ...{ resourceType: 'Observation', id, status: 'final' },
  code: { coding: [{ system: 'http://loinc.org', code }] },
  ...value,
});
const number = { valueQuantity: { value: 1 } };

describe('things measured', () => {
  it('are each there once, with the newest value', () => {
    const found = measuredIn([
      observation('new', '29463-7', number),
      observation('old', '29463-7', number),
      observation('words', '72166-2', { valueString: 'never' }),
    ]);

    expect(found.map(({ code, latest }) => [code, latest.id])).to.deep.equal([
      ['http://loinc.org|29463-7', 'new'],
    ]);
  });

  it('are the same where a hospital adds a code of its own', () => {
    const weight = observation('new', '29463-7', number);
    const local = { coding: [{ system: 'urn:h', code: 'W' }, ...weight.code.coding!] };

    const found = measuredIn([weight, { ...weight, id: 'old', code: local }]);

    expect(found.map(({ latest }) => latest.id)).to.deep.equal(['new']);
  });

  it('draw the blood pressure first, by either of its codes, else what there is', () => {
    const weight = measuredIn([observation('w', '29463-7', number)]);
    const pressure = measuredIn([
      observation('p', '55284-4', { component: [{ code: {}, ...number }] }),
    ]);

    expect(drawnOf(undefined, [...weight, ...pressure])).to.equal(bloodPressure);
    expect(drawnOf(undefined, weight)).to.equal('http://loinc.org|29463-7');
    expect(drawnOf('chosen', weight)).to.equal('chosen');
  });
});
