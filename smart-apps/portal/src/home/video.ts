// Video: whether an appointment is by video.

import type { Appointment } from 'fhir/r4';

const visitMode = 'https://meridian.example/StructureDefinition/visit-mode';

/** As it was booked by its mode, or, of appointments from elsewhere, as its service says. */
export const isByVideo = ({ extension, serviceType }: Appointment): boolean => {
  const mode = extension?.find(({ url }) => url === visitMode)?.valueCode;
  if (mode !== undefined) return mode === 'video';
  return serviceType?.some(({ text }) => /video/i.test(text ?? '')) ?? false;
};
