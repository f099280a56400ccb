// Schedule: whom a Schedule is of, and a new one. https://hl7.org/fhir/R4/schedule.html

import type { Schedule } from 'fhir/r4';

export const nameOf = (
  { actor, serviceType, specialty }: Schedule,
  places: ReadonlyMap<string, string> = new Map(),
) => {
  const shown = (type: string): string => {
    const found = actor.find(({ reference }) => reference?.startsWith(`${type}/`));
    return found?.display ?? places.get(found?.reference ?? '') ?? '';
  };
  const service = serviceType?.[0] ?? specialty?.[0];
  return {
    doctor: shown('Practitioner'),
    place: shown('Location'),
    service: service?.text ?? service?.coding?.[0]?.display ?? '',
  };
};

export interface Named {
  readonly reference: string;
  readonly display: string;
}

export const newSchedule = (
  doctor: Named,
  place: Named | undefined,
  specialty: string,
): Schedule => ({
  ...{ resourceType: 'Schedule', active: true },
  ...(specialty === '' ? {} : { specialty: [{ text: specialty }] }),
  actor: [doctor, ...(place === undefined ? [] : [place])].map(({ reference, display }) => ({
    ...{ reference, display },
  })),
});
