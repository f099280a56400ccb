// Report emergency: records opened in an emergency, and attempts at those of nobody, as the audit names them.

import type { EmergencyEvent, ReportEmergency } from '../access/emergency-event.ts';
import type { ReportKind } from './events/report-kinds.ts';
import type { Report } from './report.ts';

const kinds: Readonly<Record<EmergencyEvent['outcome'], ReportKind>> = {
  opened: 'break-glass',
  'not found': 'break-glass-refused',
  ended: 'break-glass-ended',
};

export const reportEmergency =
  (report: Report): ReportEmergency =>
  ({ caller, patient, purpose, detail, outcome }) => {
    const { client, user, fhirUser, role, organization } = caller;
    return report({
      ...{ kind: kinds[outcome], client, role, detail, purposes: [purpose] },
      ...(user === undefined ? {} : { user }),
      ...(fhirUser === undefined ? {} : { fhirUser }),
      ...(organization === undefined ? {} : { organization }),
      ...(patient === undefined ? {} : { patient }),
    });
  };
