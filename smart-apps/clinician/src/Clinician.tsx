// Clinician: its places, and the table of its pages.

import { useEffect, useRef } from 'react';
import { useSession } from '@meridian/ui/session/session.ts';
import { pageAt, Pages, type Page } from '@meridian/ui/shell/Pages.tsx';
import { Shell, type Place } from '@meridian/ui/shell/Shell.tsx';
import { IconCalendar, IconSearch, IconShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useFindBySlash } from './keyboard/slash-key.ts';

const loadChart = () => import('./chart/ChartPage.tsx');

export const pages: readonly Page[] = [
  pageAt('/', async () => (await import('./day/DayPage.tsx')).DayPage),
  pageAt('/patients', async () => (await import('./patients/PatientsPage.tsx')).PatientsPage),
  pageAt('/patients/:id', async () => (await loadChart()).ChartPage),
  pageAt(
    '/patients/:id/prescribe',
    async () => (await import('./prescribe/PrescribePage.tsx')).PrescribePage,
  ),
  pageAt(
    '/patients/:id/prescriptions/:ids',
    async () => (await import('./prescribe/PrintPage.tsx')).PrintPage,
  ),
  pageAt('/patients/:id/note', async () => (await import('./note/NotePage.tsx')).NotePage),
  pageAt('/patients/:id/orders', async () => (await import('./orders/OrdersPage.tsx')).OrdersPage),
  pageAt(
    '/patients/:id/follow-up',
    async () => (await import('./follow-up/FollowUpPage.tsx')).FollowUpPage,
  ),
  pageAt(
    '/patients/:id/gallery',
    async () => (await import('./gallery/GalleryPage.tsx')).GalleryPage,
  ),
  pageAt('/access/:uhid?', async () => (await import('./access/AccessPage.tsx')).AccessPage),
  pageAt(
    '/emergency/:uhid?',
    async () => (await import('./access/EmergencyPage.tsx')).EmergencyPage,
  ),
];

export const Clinician = () => {
  const { t } = useTranslation('clinician');
  useFindBySlash();
  useLaunchedChart();
  useChartAhead();
  const places: readonly Place[] = [
    { to: '/', label: t('places.day'), icon: IconCalendar, isMain: true },
    { to: '/patients', label: t('places.patients'), icon: IconSearch, isMain: true },
    { to: '/access', label: t('places.access'), icon: IconShare, isMain: true },
  ];
  return (
    <Shell title={t('title')} places={places}>
      <Pages pages={pages} />
    </Shell>
  );
};

/** The page most clinicians open next is there before they do. */
const useChartAhead = (): void => {
  useEffect(() => {
    const timer = setTimeout(() => {
      void loadChart();
      void import('@meridian/ui/record/TrendLines.tsx');
    }, 1000);
    return () => clearTimeout(timer);
  }, []);
};

/** Out of an EHR, with a patient open there, the app opens with that chart. */
const useLaunchedChart = (): void => {
  const { patient } = useSession();
  const [path, go] = useLocation();
  const isOpening = useRef(true);
  useEffect(() => {
    // Whoever goes to the day afterwards wants the day.
    if (isOpening.current && patient !== undefined && path === '/')
      go(`/patients/${patient}`, { replace: true });
    isOpening.current = false;
  }, [patient, path, go]);
};
