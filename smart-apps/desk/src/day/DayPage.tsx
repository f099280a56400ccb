// DayPage: the hospital's appointments of a day and where each stands.

import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { useTranslation } from 'react-i18next';

export const DayPage = () => {
  const { t } = useTranslation('desk');
  return <PageTitle>{t('places.day')}</PageTitle>;
};
