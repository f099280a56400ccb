// The time by which the record is filtered.

import { expect } from 'chai';
import { boundsOf } from '../../../../smart-apps/portal/src/record/period.ts';

const nothing = { from: '', to: '' };

describe('the time the record is shown of', () => {
  it('goes back whole months, to the last day of a shorter one', () => {
    const { from, to } = boundsOf('months-3', nothing, new Date(2026, 4, 31));

    expect({ from, to }).to.deep.equal({ from: '2026-02-28', to: undefined });
  });

  it('goes back whole years', () => {
    expect(boundsOf('years-5', nothing, new Date(2026, 10, 21)).from).to.equal('2021-11-21');
  });

  it('is open where a day is not typed', () => {
    const bounds = boundsOf('between', { from: '2024-01-01', to: '' }, new Date());

    expect(bounds).to.deep.equal({ from: '2024-01-01', to: undefined });
  });

  it('takes no typed day into account that is not asked for', () => {
    const bounds = boundsOf('all', { from: '2024-01-01', to: '2024-02-01' }, new Date());

    expect(bounds).to.deep.equal({ from: undefined, to: undefined });
  });
});
