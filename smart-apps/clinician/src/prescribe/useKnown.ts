// useKnown: what prescribing has to know of a patient. Everything is asked for, page by page: what is not read cannot warn.

import type { AllergyIntolerance, MedicationRequest } from 'fhir/r4';
import { useSearch, type Found } from '@meridian/ui/fhir/hooks.ts';
import { withMedicine } from '@meridian/ui/record/medicine.ts';
import { warningsOf } from '../chart/allergy.ts';
import { isWhole, useWhole } from '../chart/useWhole.ts';
import { isForbidden, isTaken } from './taken.ts';

export interface Known {
  /** Those that stand. */
  readonly allergies: readonly AllergyIntolerance[];
  /** What is taken now, each with its medicine: to be shown, not to be sent. */
  readonly requests: readonly MedicationRequest[];
  /** What was noted not to be given, likewise. */
  readonly forbidden: readonly MedicationRequest[];
  /** What is taken now, as it is stored. */
  readonly found: Found<MedicationRequest>;
  readonly error: unknown;
  /** Everything was read. */
  readonly isWhole: boolean;
  readonly again: () => void;
}

export const useKnown = (patient: string): Known => {
  const allergies = useWhole(
    useSearch<AllergyIntolerance>('AllergyIntolerance', { patient, _count: 100 }),
  );
  const requests = useWhole(
    useSearch<MedicationRequest>('MedicationRequest', {
      ...{ patient, status: 'active,on-hold', _sort: '-authoredon', _count: 50 },
      _include: 'MedicationRequest:medication',
    }),
  );
  const named = requests.items.map((each) => withMedicine(each, requests.included));
  return {
    allergies: warningsOf(allergies.items).allergies,
    ...{ requests: named.filter(isTaken), forbidden: named.filter(isForbidden) },
    found: { ...requests, items: requests.items.filter(isTaken) },
    error: allergies.error ?? requests.error,
    isWhole: [allergies, requests].every(isWhole),
    again: () => {
      allergies.again();
      requests.again();
    },
  };
};
