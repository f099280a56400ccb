// Roles: the hospitals somebody works for.

import { expect } from 'chai';
import type { PractitionerRole } from 'fhir/r4.js';
import { hospitalsOf } from '../../../../smart-apps/ui/src/fhir/roles.ts';

const role = (reference: string, active?: boolean): PractitionerRole => ({
  ...{ resourceType: 'PractitionerRole', organization: { reference } },
  ...(active === undefined ? {} : { active }),
});

describe('the hospitals somebody works for', () => {
  it('are not those where the work has ended', () => {
    const roles = [role('Organization/old', false), role('Organization/now', true)];

    expect(hospitalsOf(roles)).to.deep.equal([{ reference: 'Organization/now' }]);
  });

  it('are named once, however many roles there are in each', () => {
    const roles = ['a', 'b', 'a'].map((id) => role(`Organization/${id}`));

    expect(hospitalsOf(roles).map(({ reference }) => reference)).to.deep.equal([
      ...['Organization/a', 'Organization/b'],
    ]);
  });

  it('are none where a role names none', () => {
    expect(hospitalsOf([{ resourceType: 'PractitionerRole' }])).to.deep.equal([]);
  });
});
