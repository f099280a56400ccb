// Compartments as the definitions give them.

import { expect } from 'chai';
import { compartmentParameters, compartmentTypes, membershipsOf } from '#src/fhir/compartment.ts';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';

const definitions = loadDefinitions();

describe('compartments', () => {
  it('come into the Patient compartment through subject and performer for Observation', () => {
    expect(compartmentParameters(definitions, 'Patient', 'Observation')).to.deep.equal([
      'subject',
      'performer',
    ]);
  });

  it('never hold a Medication', () => {
    expect(compartmentParameters(definitions, 'Patient', 'Medication')).to.deep.equal([]);
    expect(membershipsOf(definitions, 'Medication')).to.deep.equal([]);
  });

  it('hold their own type even where no parameter says so', () => {
    expect(compartmentTypes(definitions, 'Encounter')).to.include.members([
      'Encounter',
      'Observation',
    ]);
    expect(compartmentTypes(definitions, 'Nothing')).to.deep.equal([]);
  });

  it('give all ways of an Observation into a compartment', () => {
    expect(membershipsOf(definitions, 'Observation')).to.deep.include.members([
      { compartment: 'Patient', code: 'subject' },
      { compartment: 'Encounter', code: 'encounter' },
      { compartment: 'Device', code: 'device' },
    ]);
  });

  it('name only parameters that exist', () => {
    const missing = [...definitions.compartments].flatMap(([compartment, members]) =>
      [...members].flatMap(([type, codes]) =>
        codes
          .filter((code) => !definitions.searchParameters(type).has(code))
          .map((code) => `${compartment}: ${type}.${code}`),
      ),
    );

    expect(missing).to.deep.equal([]);
  });
});
