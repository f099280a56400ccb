// WithWhom: the practitioner of a visit; the Appointment need not say the name.

import { actorOf } from '@meridian/ui/visits/visit.ts';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Named } from '../sharing/Named.tsx';

export const WithWhom = ({ visit }: { readonly visit: Appointment }) => {
  const { t } = useTranslation('visits');
  const { reference, display } = actorOf(visit, 'Practitioner') ?? {};
  if (display !== undefined) return <>{display}</>;
  if (reference !== undefined) return <Named reference={reference} />;
  return <>{visit.description ?? t('visit.unnamed')}</>;
};
