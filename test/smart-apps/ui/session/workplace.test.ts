// Workplace: for whom a session acts.

import { expect } from 'chai';
import { worksForRole } from '#src/oauth/grant-context.ts';
import { workplaceIn } from '../../../../smart-apps/ui/src/session/workplace.ts';

describe('the organization a session acts for', () => {
  it('is the one the server names in that role, not another that is in view', () => {
    const fhirContext = [
      { reference: 'Organization/in-view' },
      { reference: 'Organization/works-for', role: worksForRole },
    ];

    expect(workplaceIn({ fhirContext })).to.equal('Organization/works-for');
  });

  it('is none where the server names none', () => {
    expect(workplaceIn({})).to.equal(undefined);
    expect(workplaceIn({ fhirContext: [{ reference: 'Organization/in-view' }] })).to.equal(
      undefined,
    );
  });
});
