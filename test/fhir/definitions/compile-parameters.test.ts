// Narrowing an expression for several types to one of them.

import { expect } from 'chai';
import { narrow } from '#src/fhir/definitions/compile-parameters.ts';

const cases: readonly (readonly [expression: string, type: string, narrowed: string])[] = [
  ['Patient.name | Person.name', 'Person', 'Person.name'],
  [
    '(Patient.deceased as dateTime) | Person.birthDate',
    'Patient',
    '(Patient.deceased as dateTime)',
  ],
  ['Resource.id', 'Patient', 'Resource.id'],
  ['DomainResource.text | Patient.name', 'Patient', 'DomainResource.text | Patient.name'],
  ['name | alias', 'InsurancePlan', 'name | alias'],
  ['PatientX.name | Patient.name', 'Patient', 'Patient.name'],
  ["Patient.name.where(use = 'a|b') | Person.name", 'Patient', "Patient.name.where(use = 'a|b')"],
  ['Patient.where(a | b) | Person.c', 'Patient', 'Patient.where(a | b)'],
  ['', 'Patient', ''],
];

describe('narrow', () => {
  for (const [expression, type, narrowed] of cases)
    it(`makes '${narrowed}' of '${expression}' for ${type}`, () => {
      expect(narrow(expression, type)).to.equal(narrowed);
    });
});
