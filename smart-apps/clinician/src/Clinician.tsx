// Clinician: its places, and the table of its pages.

import { pageAt, Pages, type Page } from '@meridian/ui/shell/Pages.tsx';
import { Shell, type Place } from '@meridian/ui/shell/Shell.tsx';
import { IconCalendar, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

const pages: readonly Page[] = [
  pageAt('/', async () => (await import('./day/DayPage.tsx')).DayPage),
];

export const Clinician = () => {
  const { t } = useTranslation('clinician');
  const places: readonly Place[] = [
    { to: '/', label: t('places.day'), icon: IconCalendar, isMain: true },
    { to: '/patients', label: t('places.patients'), icon: IconSearch, isMain: true },
  ];
  return (
    <Shell title={t('title')} places={places}>
      <Pages pages={pages} />
    </Shell>
  );
};
