// OwnVisit: lets nothing be written into a visit that the address names until it is known to be one of the patient in view.

import type { ReactNode } from 'react';
import type { Encounter } from 'fhir/r4';
import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { Notice } from '@meridian/ui/states/Notice.tsx';
import { useTranslation } from 'react-i18next';
import { isVisitOf } from './named-visit.ts';
import { useEncounter } from './useEncounter.ts';

export interface OwnVisitProps {
  /** Logical id. */
  readonly patient: string;
  readonly children: ReactNode;
}

export const OwnVisit = ({ patient, children }: OwnVisitProps) => {
  const { t } = useTranslation('writing');
  const named = useEncounter();
  const { data, error, refetch } = useRead<Encounter>('Encounter', named);
  if (named === undefined) return children;
  if (data === undefined)
    return error === null ? <Loading /> : <Failure error={error} again={() => void refetch()} />;
  if (!isVisitOf(patient, data))
    return <Notice tone="warning" title={t('foreignVisit')} text={t('foreignVisitText')} />;
  return children;
};
