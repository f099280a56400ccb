// Icons: one for each kind of the record.

import {
  IconCalendarEvent,
  IconFileText,
  IconPill,
  IconScissors,
  IconStethoscope,
  IconTestPipe,
  IconVaccine,
  IconActivityHeartbeat,
  IconAlertTriangle,
  IconReportMedical,
  type Icon,
} from '@tabler/icons-react';
import type { EventType } from './kinds.ts';
import type { SectionName } from './sections/sections.ts';

export const icons: Readonly<Record<EventType, Icon>> = {
  Encounter: IconStethoscope,
  Appointment: IconCalendarEvent,
  DiagnosticReport: IconTestPipe,
  Observation: IconActivityHeartbeat,
  Condition: IconReportMedical,
  MedicationRequest: IconPill,
  Immunization: IconVaccine,
  Procedure: IconScissors,
  DocumentReference: IconFileText,
};

export const sectionIcons: Readonly<Record<SectionName, Icon>> = {
  conditions: IconReportMedical,
  allergies: IconAlertTriangle,
  immunizations: IconVaccine,
};
