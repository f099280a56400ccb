// ForWhom: whose visit it is, or would be: one's own, or that of somebody one cares for.

import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';

export const ForWhom = () => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const { patient, user } = useSession();
  const { data } = useRead<Patient>('Patient', patient);
  const name = format.name(data?.name);
  return <>{user === `Patient/${patient ?? ''}` ? t('visit.forYou', { name }) : name}</>;
};
