// What speaks against a medicine. A warning that is missing here is a patient harmed.

import { expect } from 'chai';
import type { AllergyIntolerance, CodeableConcept, MedicationRequest } from 'fhir/r4.js';
import { warningsFor } from '../../../../smart-apps/clinician/src/prescribe/warnings.ts';

const rxnorm = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const coded = (code: string, text: string): CodeableConcept => ({
  coding: [{ system: rxnorm, code, display: text.toLowerCase() }],
  text,
});
const allergyTo = (code: CodeableConcept, more: Partial<AllergyIntolerance> = {}) => ({
  ...{ resourceType: 'AllergyIntolerance' as const, id: 'a', patient: {}, code },
  ...more,
});
const penicillin = allergyTo({
  coding: [
    { system: 'http://snomed.info/sct', code: '91936005', display: 'Allergy to penicillin' },
  ],
});
const request = (concept: CodeableConcept): MedicationRequest => ({
  ...{ resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order' },
  ...{ subject: {}, medicationCodeableConcept: concept },
});

const matches = (medicine: CodeableConcept, allergies: readonly AllergyIntolerance[]) =>
  warningsFor(medicine, { allergies, requests: [], forbidden: [], others: [] }).map((warning) =>
    warning.kind === 'allergy' ? warning.match : warning.kind,
  );

describe('warnings against a medicine', () => {
  for (const [name, medicine, allergy, match] of [
    ['the same code', coded('723', 'X'), allergyTo(coded('723', 'Y')), 'same'],
    ['the same name', { text: 'Ibuprofen 400 mg' }, allergyTo({ text: 'ibuprofen' }), 'same'],
    ['a brand', { text: 'Crocin 500' }, allergyTo({ text: 'Paracetamol' }), 'same'],
    [
      'a name no list knows',
      { text: 'Zorbamycin 5 mg' },
      allergyTo({ text: 'zorbamycin' }),
      'same',
    ],
    ['the class', coded('723', 'Amoxicillin 500 mg capsule'), penicillin, 'class'],
    ['a class by its ending', { text: 'Flucloxacillin 500 mg' }, penicillin, 'class'],
    ['a combination', coded('19711', 'Amoxicillin and clavulanate'), penicillin, 'class'],
    ['sulfa', { text: 'Co-trimoxazole' }, allergyTo({ text: 'Sulfa drugs' }), 'class'],
    ['painkillers', { text: 'Diclofenac' }, allergyTo({ text: 'Aspirin' }), 'class'],
    ['a related class', coded('2193', 'Ceftriaxone 1 g'), penicillin, 'related'],
  ] as const)
    it(`finds ${name}`, () => {
      expect(matches(medicine, [allergy])).to.deep.equal([match]);
    });

  it('finds what caused a reaction, when the allergy itself is named otherwise', () => {
    const allergy = allergyTo(
      { text: 'Drug allergy' },
      { reaction: [{ substance: { text: 'Ciprofloxacin' }, manifestation: [] }] },
    );

    expect(matches({ text: 'Ofloxacin 200 mg' }, [allergy])).to.deep.equal(['class']);
  });

  for (const [medicine, allergy] of [
    ['Metformin 500 mg', 'Allergy to penicillin'],
    ['Paracetamol', 'Aspirin'],
    ['Amlodipine', 'Peanut'],
    ['Iron', 'Ironwood pollen'],
    ['Furosemide', 'Sulfites in wine'],
  ] as const)
    it(`has nothing against ${medicine} with ${allergy}`, () => {
      expect(matches({ text: medicine }, [allergyTo({ text: allergy })])).to.deep.equal([]);
    });

  it('finds what is taken already, by code or by another name of it', () => {
    const requests = [
      request(coded('161', 'Paracetamol 500 mg tablet')),
      request({ text: 'Iron' }),
    ];

    const found = warningsFor(
      { text: 'Dolo 650' },
      { allergies: [], requests, forbidden: [], others: [] },
    );

    expect(found).to.deep.equal([{ kind: 'duplicate', request: requests[0] }]);
  });

  it('finds what was noted not to be given', () => {
    const forbidden = [request(coded('161', 'Paracetamol 500 mg tablet'))];
    const against = { allergies: [], requests: [], forbidden, others: [] };

    expect(warningsFor({ text: 'Dolo 650' }, against)).to.deep.equal([
      { kind: 'forbidden', request: forbidden[0] },
    ]);
    expect(warningsFor({ text: 'Iron' }, against)).to.deep.equal([]);
  });

  it('finds a medicine that stands twice in one prescription', () => {
    const others = [{ text: 'Amoxicillin 250 mg' }];

    const found = warningsFor(
      { text: 'Amoxicillin 500 mg' },
      { allergies: [], requests: [], forbidden: [], others },
    );

    expect(found).to.deep.equal([{ kind: 'twice' }]);
  });

  it('says nothing of a medicine that is not named yet', () => {
    expect(matches({ text: '' }, [penicillin])).to.deep.equal([]);
  });
});
