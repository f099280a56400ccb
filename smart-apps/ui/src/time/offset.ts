// Offset: a moment as it is said where it was written down: `2026-11-23T09:30:00+05:30` is half past nine there.
// https://hl7.org/fhir/R4/datatypes.html#dateTime

/** The offset of a moment, as a time zone that browsers know: `+05:30`, or UTC. */
export const offsetOf = (moment: string): string => /[+-]\d\d:\d\d$/.exec(moment)?.[0] ?? 'UTC';

/** Whether this device reads another time off its clock than the place of the moment does. */
export const isElsewhere = (
  moment: string,
  deviceOffset = -new Date(moment).getTimezoneOffset(),
): boolean => minutesOf(offsetOf(moment)) !== deviceOffset;

const minutesOf = (offset: string): number => {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};
