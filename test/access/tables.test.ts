// The tables that rules are read from: every type has a kind, every name in them exists.

import { expect } from 'chai';
import { kindOf, namedTypes } from '#src/access/kinds.ts';
import { partyParameters } from '#src/access/parties.ts';
import { roles } from '#src/access/roles.ts';
import { compartmentTypes } from '#src/fhir/compartment.ts';
import { loadDefinitions } from '#src/fhir/definitions/load.ts';

const definitions = loadDefinitions();

describe('access, the tables', () => {
  it('names each type once, and only types that there are', () => {
    expect([...new Set(namedTypes)]).to.have.length(namedTypes.length);
    for (const type of namedTypes) expect(definitions.resourceTypes).to.include(type);
  });

  it('takes nothing out of a patient’s record for a directory but the schedules', () => {
    const open = compartmentTypes(definitions, 'Patient').filter((type) =>
      ['directory', 'knowledge'].includes(kindOf(type)),
    );

    expect(open).to.deep.equal(['Schedule']);
  });

  it('goes by search parameters that refer to resources', () => {
    for (const [type, code] of partyParameters)
      expect(definitions.searchParameters(type).get(code)?.type, `${type}.${code}`).to.equal(
        'reference',
      );
  });

  it('has lines for kinds and types that there are', () => {
    const kinds = new Set(definitions.resourceTypes.map(kindOf));
    for (const [role, rules] of Object.entries(roles))
      for (const line of Object.keys(rules))
        expect(
          kinds.has(line as never) || definitions.resourceTypes.includes(line),
          `${role} ${line}`,
        ).to.equal(true);
  });

  it('shows the administrator and the desk nothing clinical', () => {
    for (const role of ['administrator', 'desk'] as const)
      expect(roles[role].clinical, role).to.equal(undefined);
  });
});
