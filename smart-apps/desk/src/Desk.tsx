// Desk: its places, and the table of its pages.

import { pageAt, Pages, type Page } from '@meridian/ui/shell/Pages.tsx';
import { Shell, type Place } from '@meridian/ui/shell/Shell.tsx';
import {
  IconCalendar,
  IconClockEdit,
  IconFileUnknown,
  IconFileUpload,
  IconKey,
  IconUserPlus,
  IconUserSearch,
  IconUsers,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { UploadsProvider } from './upload/useUploads.ts';

export const pages: readonly Page[] = [
  pageAt('/', async () => (await import('./day/DayPage.tsx')).DayPage),
  pageAt('/book/:patient?', async () => (await import('./visits/BookPage.tsx')).BookPage),
  pageAt('/visits/:id/move', async () => (await import('./visits/MovePage.tsx')).MovePage),
  pageAt('/register', async () => (await import('./register/RegisterPage.tsx')).RegisterPage),
  pageAt('/patients', async () => (await import('./patients/PatientsPage.tsx')).PatientsPage),
  pageAt('/patients/:id', async () => (await import('./patients/PatientPage.tsx')).PatientPage),
  pageAt('/upload/:patient?', async () => (await import('./upload/UploadPage.tsx')).UploadPage),
  pageAt('/uploads', async () => (await import('./held/HeldPage.tsx')).HeldPage),
  pageAt(
    '/duplicates',
    async () => (await import('./duplicates/DuplicatesPage.tsx')).DuplicatesPage,
  ),
  pageAt(
    '/duplicates/:id',
    async () => (await import('./duplicates/DuplicatePage.tsx')).DuplicatePage,
  ),
  pageAt(
    '/availability',
    async () => (await import('./availability/SchedulesPage.tsx')).SchedulesPage,
  ),
  pageAt('/availability/new', async () => (await import('./availability/NewPage.tsx')).NewPage),
  pageAt('/availability/:id', async () => (await import('./availability/EditPage.tsx')).EditPage),
  pageAt('/access', async () => (await import('./access/AccessPage.tsx')).AccessPage),
];

export const Desk = () => {
  const { t } = useTranslation('desk');
  const places: readonly Place[] = [
    { to: '/', label: t('places.day'), icon: IconCalendar, isMain: true },
    { to: '/register', label: t('places.register'), icon: IconUserPlus, isMain: true },
    { to: '/patients', label: t('places.patients'), icon: IconUserSearch, isMain: true },
    { to: '/upload', label: t('places.upload'), icon: IconFileUpload, isMain: true },
    { to: '/uploads', label: t('places.held'), icon: IconFileUnknown },
    { to: '/duplicates', label: t('places.duplicates'), icon: IconUsers },
    { to: '/availability', label: t('places.availability'), icon: IconClockEdit },
    { to: '/access', label: t('places.access'), icon: IconKey },
  ];
  return (
    <UploadsProvider>
      <Shell title={t('title')} places={places}>
        <Pages pages={pages} />
      </Shell>
    </UploadsProvider>
  );
};
