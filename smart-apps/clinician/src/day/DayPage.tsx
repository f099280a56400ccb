// DayPage: the clinician's appointments of a day and where each stands.

import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { useTranslation } from 'react-i18next';

export const DayPage = () => {
  const { t } = useTranslation('clinician');
  return <PageTitle>{t('places.day')}</PageTitle>;
};
