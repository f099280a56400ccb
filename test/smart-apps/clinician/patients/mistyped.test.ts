// A mistyped health ID, as the server warns of it.

import { expect } from 'chai';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { isMistyped } from '../../../../smart-apps/clinician/src/patients/mistyped.ts';

const answer = (...entry: Bundle<FhirResource>['entry'] & object): Bundle<FhirResource> => ({
  ...{ resourceType: 'Bundle', type: 'searchset', entry },
});

describe('the answer about a health ID', () => {
  it('warns when its check digit does not fit', () => {
    const warning = answer({
      search: { mode: 'outcome' },
      resource: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'warning', code: 'value', diagnostics: 'The check digit …' }],
      },
    });

    expect(isMistyped(warning)).to.equal(true);
  });

  it('says nothing of a number that nobody here has', () => {
    expect(isMistyped(answer())).to.equal(false);
    expect(isMistyped({ resourceType: 'Bundle', type: 'searchset' })).to.equal(false);
  });
});
