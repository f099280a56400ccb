// Which allergies warn.

import { expect } from 'chai';
import type { AllergyIntolerance } from 'fhir/r4.js';
import { warningsOf } from '../../../../smart-apps/clinician/src/chart/allergy.ts';

const allergy = (id: string, more: Partial<AllergyIntolerance> = {}): AllergyIntolerance => ({
  ...{ resourceType: 'AllergyIntolerance', id, patient: {}, code: { text: id } },
  ...more,
});
const coded = (code: string) => ({ coding: [{ code }] });

describe('allergies on record', () => {
  it('warn with the dangerous ones first', () => {
    const { allergies } = warningsOf([allergy('pollen'), allergy('nuts', { criticality: 'high' })]);

    expect(allergies.map(({ id }) => id)).to.deep.equal(['nuts', 'pollen']);
  });

  it('do not warn when they are over, were refuted or written by mistake', () => {
    const { allergies, isNoneNoted } = warningsOf([
      allergy('over', { clinicalStatus: coded('resolved') }),
      allergy('refuted', { verificationStatus: coded('refuted') }),
      allergy('mistake', { verificationStatus: coded('entered-in-error') }),
    ]);

    expect(allergies).to.deep.equal([]);
    expect(isNoneNoted).to.equal(false);
  });

  it('tell that there is none only where somebody noted it', () => {
    const none = allergy('none', {
      code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] },
    });

    expect(warningsOf([none])).to.deep.equal({ allergies: [], isNoneNoted: true, noted: [] });
    expect(warningsOf([none, allergy('nuts')]).isNoneNoted).to.equal(false);
    expect(warningsOf([]).isNoneNoted).to.equal(false);
  });

  it('do not make of "no known drug allergy" that there is none at all', () => {
    const drugs = allergy('drugs', {
      code: { coding: [{ system: 'http://snomed.info/sct', code: '409137002' }] },
    });
    const found = warningsOf([drugs]);

    expect(found).to.deep.equal({ allergies: [], isNoneNoted: false, noted: [drugs] });
    expect(warningsOf([drugs, allergy('nuts')]).noted).to.deep.equal([drugs]);
  });
});
