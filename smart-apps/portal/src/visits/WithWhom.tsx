// WithWhom: the practitioner of a visit; the Appointment need not say the name.

import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Named } from '../sharing/Named.tsx';
import { actorOf } from './visit.ts';

export const WithWhom = ({ visit }: { readonly visit: Appointment }) => {
  const { t } = useTranslation('visits');
  const { reference, display } = actorOf(visit, 'Practitioner') ?? {};
  if (display !== undefined) return <>{display}</>;
  if (reference !== undefined) return <Named reference={reference} />;
  return <>{visit.description ?? t('visit.unnamed')}</>;
};
