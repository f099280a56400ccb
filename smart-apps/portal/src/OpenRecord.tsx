// OpenRecord: always in sight: whose record the portal shows.

import { useRead } from '@meridian/ui/fhir/hooks.ts';
import { PatientBanner } from '@meridian/ui/patient/PatientBanner.tsx';
import { useSession } from '@meridian/ui/session/session.ts';
import type { Patient } from 'fhir/r4';
import { useTranslation } from 'react-i18next';

export const OpenRecord = () => {
  const { t } = useTranslation('portal');
  const { patient, user } = useSession();
  const { data } = useRead<Patient>('Patient', patient);
  if (data === undefined) return null;
  const lead = user === `Patient/${patient ?? ''}` ? t('record.mine') : t('record.of');
  return <PatientBanner patient={data} lead={lead} />;
};
