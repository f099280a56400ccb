// Renewal: a new prescription that begins as the one it renews.

import type { Medication, MedicationRequest } from 'fhir/r4';
import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { PrescribeForm } from './PrescribeForm.tsx';
import { renewedLine } from './renewed.ts';
import type { Known } from './useKnown.ts';
import { useLineWords } from './useLineWords.ts';

export interface RenewalProps {
  readonly patient: string;
  readonly known: Known;
  /** Logical id. */
  readonly renews: string;
}

export const Renewal = ({ patient, known, renews }: RenewalProps) => {
  const words = useLineWords();
  const { data, error, refetch } = useRead<MedicationRequest>('MedicationRequest', renews);
  const [type, id] = (data?.medicationReference?.reference ?? '').split('/');
  // Where it cannot be read, the prescriber names it.
  const medication = useRead<Medication>('Medication', type === 'Medication' ? id : undefined);
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined || medication.isLoading) return <Loading />;
  const included = medication.data === undefined ? [] : [medication.data];
  return <PrescribeForm {...{ patient, known }} begins={renewedLine(data, included, words)} />;
};
