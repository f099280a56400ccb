// Renewal: a new prescription that begins as the one it renews.

import type { MedicationRequest } from 'fhir/r4';
import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { PrescribeForm } from './PrescribeForm.tsx';
import { renewedLine } from './renewed.ts';
import { useSay } from './useSay.ts';
import type { Known } from './useKnown.ts';

export interface RenewalProps {
  readonly patient: string;
  readonly known: Known;
  /** Logical id. */
  readonly renews: string;
}

export const Renewal = ({ patient, known, renews }: RenewalProps) => {
  const say = useSay();
  const { data, error, refetch } = useRead<MedicationRequest>('MedicationRequest', renews);
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  return <PrescribeForm {...{ patient, known }} begins={renewedLine(data, say)} />;
};
