// useLower: what the lower part of the chart shows, asked for at once with the upper part, before it is drawn itself.

import { useState } from 'react';
import type { DocumentReference, Immunization, Observation } from 'fhir/r4';
import { useSearchTogether } from '../fhir/useTogether.ts';
import { drawnOf, measuredIn } from './measured.ts';
import { documentsOf, immunizationsOf, laboratoryOf, trendOf, vitalsOf } from './questions.ts';
import { useEvents } from './useEvents.ts';

export const useLower = (patient: string) => {
  const [chosen, choose] = useState<string>();
  const vitals = useSearchTogether<Observation>('Observation', vitalsOf(patient));
  const laboratory = useSearchTogether<Observation>('Observation', laboratoryOf(patient));
  const signs = measuredIn(vitals.items);
  const tests = measuredIn(laboratory.items);
  const drawn = drawnOf(chosen, [...signs, ...tests]);
  return {
    ...{ vitals, laboratory, signs, tests, drawn, choose },
    trend: useSearchTogether<Observation>('Observation', trendOf(patient, drawn)),
    documents: useSearchTogether<DocumentReference>('DocumentReference', documentsOf(patient)),
    immunizations: useSearchTogether<Immunization>('Immunization', immunizationsOf(patient)),
    events: useEvents(patient),
  };
};

export type Lower = ReturnType<typeof useLower>;
