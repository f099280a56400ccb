// Video: whether an appointment is by video.

import type { Appointment } from 'fhir/r4';
import { modeOf } from '@meridian/ui/visits/visit.ts';

/** As it was booked by its mode, or, of appointments from elsewhere, as its service says. */
export const isByVideo = (appointment: Appointment): boolean => {
  const mode = modeOf(appointment);
  if (mode !== undefined) return mode === 'video';
  return appointment.serviceType?.some(({ text }) => /video/i.test(text ?? '')) ?? false;
};
