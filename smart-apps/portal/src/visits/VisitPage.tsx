// VisitPage: one visit with all that is known of it, and what can still be changed.

import { Alert, Button, Group, Stack } from '@mantine/core';
import { useRead } from '@meridian/ui/fhir/hooks.ts';
import type { PageProps } from '@meridian/ui/shell/Pages.tsx';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { ChangeVisit } from './ChangeVisit.tsx';
import { LeaveList } from './LeaveList.tsx';
import { SaveToCalendar } from './SaveToCalendar.tsx';
import { VisitFacts } from './VisitFacts.tsx';

export const VisitPage = ({ params: { id } }: PageProps) => {
  const { t } = useTranslation('visits');
  const [asked] = useSearchParams();
  const { data: visit, error, refetch } = useRead<Appointment>('Appointment', id);
  if (error !== null) return <Failure error={error} again={() => void refetch()} />;
  if (visit === undefined) return <Loading />;
  const { status } = visit;
  const news = asked.get('done');
  return (
    <>
      <PageTitle>{t('visit.title')}</PageTitle>
      <Stack>
        <div role="status">
          {status === 'booked' && (news === 'booked' || news === 'moved') ? (
            <Alert color="teal" title={t(`visit.done.${news}`)} />
          ) : null}
        </div>
        {status === 'booked' ? null : (
          <Alert color="gray" title={t(`status.${status}`)}>
            {status === 'waitlist' ? t('wait.how') : visit.cancelationReason?.text}
          </Alert>
        )}
        <VisitFacts visit={visit} />
        {status === 'booked' ? <ChangeVisit visit={visit} /> : null}
        {status === 'waitlist' ? <LeaveList visit={visit} /> : null}
        <Group>
          {status === 'pending' ? (
            <Button component={Link} href={`/visits/confirm/${id ?? ''}`}>
              {t('visit.confirm')}
            </Button>
          ) : null}
          {visit.start === undefined ? null : <SaveToCalendar visit={visit} />}
          <Button component={Link} href="/visits" variant="subtle">
            {t('visit.all')}
          </Button>
        </Group>
      </Stack>
    </>
  );
};
