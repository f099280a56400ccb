// Portal: its places, and the table of its pages.

import { pageAt, Pages, type Page } from '@meridian/ui/shell/Pages.tsx';
import { Shell, type Place } from '@meridian/ui/shell/Shell.tsx';
import {
  IconCalendar,
  IconFileText,
  IconHome,
  IconId,
  IconPill,
  IconShare,
  IconTestPipe,
  IconTimeline,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { OpenRecord } from './OpenRecord.tsx';

export const pages: readonly Page[] = [
  pageAt('/', async () => (await import('./home/HomePage.tsx')).HomePage),
  pageAt('/record', async () => (await import('./record/RecordPage.tsx')).RecordPage),
  pageAt(
    '/record/conditions',
    async () => (await import('./record/sections/SectionPage.tsx')).ConditionsPage,
  ),
  pageAt(
    '/record/allergies',
    async () => (await import('./record/sections/SectionPage.tsx')).AllergiesPage,
  ),
  pageAt(
    '/record/immunizations',
    async () => (await import('./record/sections/SectionPage.tsx')).ImmunizationsPage,
  ),
  pageAt(
    '/record/:type/:id',
    async () => (await import('./record/details/DetailPage.tsx')).DetailPage,
  ),
  pageAt('/results', async () => (await import('./results/ResultsPage.tsx')).ResultsPage),
  pageAt('/results/:code', async () => (await import('./results/ResultPage.tsx')).ResultPage),
  pageAt('/medicines', async () => (await import('./medicines/MedicinesPage.tsx')).MedicinesPage),
  pageAt(
    '/medicines/:id',
    async () => (await import('./medicines/PrescriptionPage.tsx')).PrescriptionPage,
  ),
  pageAt('/documents', async () => (await import('./documents/DocumentsPage.tsx')).DocumentsPage),
  pageAt(
    '/documents/new',
    async () => (await import('./documents/upload/UploadPage.tsx')).UploadPage,
  ),
  pageAt('/documents/:id', async () => (await import('./documents/DocumentPage.tsx')).DocumentPage),
  pageAt('/profile', async () => (await import('./profile/ProfilePage.tsx')).ProfilePage),
  pageAt('/visits', async () => (await import('./visits/VisitsPage.tsx')).VisitsPage),
  pageAt('/visits/new', async () => (await import('./visits/FindVisitPage.tsx')).FindVisitPage),
  pageAt('/visits/wait', async () => (await import('./visits/WaitPage.tsx')).WaitPage),
  pageAt(
    '/visits/confirm/:id',
    async () => (await import('./visits/ConfirmVisitPage.tsx')).ConfirmVisitPage,
  ),
  pageAt('/visits/:id', async () => (await import('./visits/VisitPage.tsx')).VisitPage),
  pageAt(
    '/visits/:id/move',
    async () => (await import('./visits/MoveVisitPage.tsx')).MoveVisitPage,
  ),
  pageAt('/card', async () => (await import('./card/CardPage.tsx')).CardPage),
  pageAt('/sharing', async () => (await import('./sharing/SharingPage.tsx')).SharingPage),
  pageAt('/sharing/new', async () => (await import('./sharing/SharePage.tsx')).SharePage),
  pageAt('/sharing/looked', async () => (await import('./sharing/LookedPage.tsx')).LookedPage),
  pageAt('/people', async () => (await import('./people/PeoplePage.tsx')).PeoplePage),
  pageAt('/people/new', async () => (await import('./people/RegisterPage.tsx')).RegisterPage),
  pageAt(
    '/people/invitation',
    async () => (await import('./people/InvitationPage.tsx')).InvitationPage,
  ),
];

export const Portal = () => {
  const { t } = useTranslation('portal');
  const places: readonly Place[] = [
    { to: '/', label: t('places.home'), icon: IconHome, isMain: true },
    { to: '/record', label: t('places.record'), icon: IconTimeline, isMain: true },
    { to: '/results', label: t('places.results'), icon: IconTestPipe },
    { to: '/medicines', label: t('places.medicines'), icon: IconPill },
    { to: '/documents', label: t('places.documents'), icon: IconFileText },
    { to: '/visits', label: t('places.visits'), icon: IconCalendar, isMain: true },
    { to: '/card', label: t('places.card'), icon: IconId, isMain: true },
    { to: '/sharing', label: t('places.sharing'), icon: IconShare, isMain: true },
    { to: '/people', label: t('places.people'), icon: IconUsers },
    { to: '/profile', label: t('places.profile'), icon: IconUser },
  ];
  return (
    <Shell title={t('title')} places={places} banner={<OpenRecord />}>
      <Pages pages={pages} />
    </Shell>
  );
};
