// Concepts: the codes the seed speaks in, of code systems that may be shipped, and how they stand in a resource.
// https://hl7.org/fhir/R4/terminologies-systems.html

import type { CodeableConcept, Coding, Identifier, Reference } from 'fhir/r4.js';

const terminology = 'http://terminology.hl7.org/CodeSystem';

export const systems = {
  loinc: 'http://loinc.org',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  icd: 'http://hl7.org/fhir/sid/icd-10-cm',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  ucum: 'http://unitsofmeasure.org',
  seed: 'https://meridian.example/seed',
} as const;

/** HL7's own, by its last word: `v3-ActCode`. */
export const hl7 = (system: string, code: string, display?: string): Coding => ({
  ...{ system: `${terminology}/${system}`, code },
  ...(display === undefined ? {} : { display }),
});

export const coding = (system: keyof typeof systems, code: string, display: string): Coding => ({
  ...{ system: systems[system], code, display },
});

export const concept = (of: Coding, text = of.display): CodeableConcept => ({
  coding: [of],
  ...(text === undefined ? {} : { text }),
});

/** By which a seeded resource is known again. */
export const seeded = (value: string): Identifier[] => [{ system: systems.seed, value }];

export const refer = (type: string, id: string, display?: string): Reference => ({
  reference: `${type}/${id}`,
  ...(display === undefined ? {} : { display }),
});
