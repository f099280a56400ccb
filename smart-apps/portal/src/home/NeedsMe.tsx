// NeedsMe: what waits for the person: requests to see the record, visits to be confirmed, and notices not yet read.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Skeleton, Stack, Text } from '@mantine/core';
import type { Appointment, Communication, Task } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { isOffer } from '../visits/visit.ts';
import { noticeSystem } from './notice.ts';
import { nameIn } from './requester.ts';
import { ToDo } from './ToDo.tsx';
import { Section } from './Section.tsx';
import { UnreadNotice } from './UnreadNotice.tsx';

export const NeedsMe = () => {
  const { t } = useTranslation('home');
  const { t: ui } = useTranslation('ui');
  const { patient = '' } = useSession();
  const format = useFormat();
  const requests = useSearch<Task>('Task', {
    ...{ patient, code: 'request-access', status: 'requested', _count: 5 },
    _include: 'Task:requester',
  });
  const visits = useSearch<Appointment>('Appointment', {
    ...{ patient, status: 'pending', _sort: 'date', _count: 5 },
  });
  const notices = useSearch<Communication>('Communication', {
    ...{ recipient: `Patient/${patient}`, 'received:missing': 'true', _sort: '-sent', _count: 5 },
    // Requests are told by their Tasks, and only until they are answered.
    'category:not': `${noticeSystem}|access-requested`,
  });
  const searches = [requests, visits, notices];
  const failed = searches.find(({ error }) => error !== null);
  const isEmpty = searches.every(({ items, isLoading }) => items.length === 0 && !isLoading);
  return (
    <Section title={t('needs.title')}>
      <Stack gap="sm">
        {searches.some(({ isLoading }) => isLoading) ? (
          <div role="status" aria-label={ui('states.loading')}>
            <Skeleton h={48} />
          </div>
        ) : null}
        {isEmpty && failed === undefined ? <Text>{t('needs.none')}</Text> : null}
        <Failure error={failed?.error} again={failed?.again} />
        {requests.items.map(({ id, requester, description, authoredOn }) => (
          <ToDo
            key={id}
            to="/sharing"
            title={t('needs.request', {
              name: nameIn(requests.included, requester) ?? t('needs.somebody'),
            })}
            text={[description, format.dateTime(authoredOn)].filter(Boolean).join(' — ')}
          />
        ))}
        {visits.items.map((visit) => (
          <ToDo
            key={visit.id}
            to={`/visits/confirm/${visit.id ?? ''}`}
            title={t(isOffer(visit) ? 'needs.offer' : 'needs.visit')}
            text={format.dateTime(visit.start)}
          />
        ))}
        {notices.items.map((notice) => (
          <UnreadNotice key={notice.id} notice={notice} />
        ))}
      </Stack>
    </Section>
  );
};
