// What is answered here where a SMART scope vector states its author's policy; conformance/smart/scopes.md says why.

import type { Expected } from './smart-scopes.test.ts';

interface OwnAnswer {
  readonly expect: Expected;
  readonly because: string;
}

export const ownAnswers: ReadonlyMap<string, OwnAnswer> = new Map<string, OwnAnswer>([
  [
    'GivenFhirUserClaimPractitioner_WhenCareTeamIsRequested_OnlyCareTeamResourcesInTheSameCompartmentReturned#1',
    {
      because: 'A clinician sees what the own hospital keeps, whoever of its staff is named in it.',
      expect: { exactly: [{ id: 'smart-careteam-1' }, { id: 'smart-careteam-C1' }] },
    },
  ],
  ...[
    'GivenSmartV2UniversalCompartmentScopeAndObservationWithCodeFilterScope#19',
    'GivenSmartV2UniversalCompartmentScopeWithTagAndObservationWithCodeFilterScope#20',
  ].map(
    (name) =>
      [
        name.replace('#', '_WhenSearching_ThenResultsAreReturnAsExpected#'),
        {
          because: '"A patient is in their own compartment": R4, compartmentdefinition.html.',
          expect: { exactly: [{ id: 'smart-patient-A' }] },
        },
      ] as const,
  ),
  [
    'GivenGranularScopesForObservationPatientDiagnosticReport_WhenSearching_ThenResultsAreAsExpected#2',
    {
      because: 'The vector has lost its criteria: it is the same request as #1, which finds two.',
      expect: { exactly: [{ id: 'smart-observation-A1' }, { id: 'smart-observation-A2' }] },
    },
  ],
  [
    'GivenGranularScopesForObservationPatientDiagnosticReport_WhenSearching_ThenResultsAreAsExpected#5',
    {
      because:
        'The vector has lost its criteria: the whole of what #1, #3 and #6 find separately is found.',
      expect: {
        exactly: [
          { id: 'smart-patient-A' },
          { id: 'smart-observation-A1' },
          { id: 'smart-observation-A2' },
          { id: 'smart-diagnosticreport-A1' },
          { id: 'smart-diagnosticreport-A3-different-tag' },
        ],
      },
    },
  ],
]);
