// Dates: when a resource of the record happened, as its search parameter sees it.

import type { FhirResource, Period } from 'fhir/r4';

export const dateOf = (resource: FhirResource): string | undefined => {
  switch (resource.resourceType) {
    case 'Encounter':
      return startOf(resource.period);
    case 'Appointment':
      return resource.start ?? startOf(resource.requestedPeriod?.[0]);
    case 'DiagnosticReport':
      return resource.effectiveDateTime ?? startOf(resource.effectivePeriod);
    case 'Observation':
      return (
        resource.effectiveDateTime ??
        resource.effectiveInstant ??
        startOf(resource.effectivePeriod) ??
        resource.issued
      );
    case 'Condition':
    case 'AllergyIntolerance':
      return resource.recordedDate ?? resource.onsetDateTime;
    case 'MedicationRequest':
      return resource.authoredOn;
    case 'Immunization':
      return resource.occurrenceDateTime;
    case 'Procedure':
      return resource.performedDateTime ?? startOf(resource.performedPeriod);
    case 'DocumentReference':
      return resource.date;
    default:
      return undefined;
  }
};

const startOf = (period: Period | undefined): string | undefined => period?.start ?? period?.end;
