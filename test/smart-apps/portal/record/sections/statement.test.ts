// What a person says of their own health.

import { expect } from 'chai';
import {
  faultOf,
  observationOf,
} from '../../../../../smart-apps/portal/src/record/sections/statement.ts';

const stating = {
  ...({ section: 'allergies', patient: 'priya', by: 'Patient/priya' } as const),
  at: new Date('2026-11-21T10:00:00Z'),
};

describe('a statement of a patient', () => {
  it('is an Observation of the patient, performed by who says it, with the words as they are', () => {
    const observation = observationOf(
      { what: ' Peanuts ', since: '2019-05-01', note: '' },
      stating,
    );

    expect(observation).to.deep.include({
      subject: { reference: 'Patient/priya' },
      performer: [{ reference: 'Patient/priya' }],
      valueString: 'Peanuts',
      effectiveDateTime: '2019-05-01',
    });
    expect(observation).not.to.have.property('note');
  });

  it('has the day it was said where nothing else is known', () => {
    const { effectiveDateTime } = observationOf({ what: 'Peanuts', since: '', note: '' }, stating);

    expect(effectiveDateTime).to.equal('2026-11-21');
  });

  it('is not sent without words, nor with a day to come', () => {
    const today = '2026-11-21';

    expect(faultOf({ what: '  ', since: '', note: '' }, today)).to.equal('what');
    expect(faultOf({ what: 'x', since: '2026-11-22', note: '' }, today)).to.equal('since');
    expect(faultOf({ what: 'x', since: today, note: '' }, today)).to.equal(undefined);
  });
});
