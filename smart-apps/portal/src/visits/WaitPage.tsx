// WaitPage: a place on a waiting list: with whom, and between which days; a time that others give up is then offered.

import { Button, Group, Radio, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useSearch, useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import type { Schedule } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { dayIn, endOf, today } from '../sharing/days.ts';
import { ForWhom } from './ForWhom.tsx';
import { momentFrom } from './times.ts';
import { useDirectory, useWanted } from './useDirectory.ts';
import { wait } from './waiting-list.ts';

export const WaitPage = () => {
  const { t } = useTranslation('visits');
  const [, go] = useLocation();
  const { patient = '' } = useSession();
  const [wanted] = useWanted();
  const { services } = useDirectory(wanted);
  const schedules = useSearch<Schedule>(
    'Schedule',
    services.length === 0
      ? undefined
      : {
          ...{ active: 'true', _count: 10, _elements: 'actor' },
          actor: services.map(({ id = '' }) => `HealthcareService/${id}`).join(','),
        },
  );
  const [wish, setWish, clear] = useDraft(`visit-wish-${patient}`, {
    ...{ schedule: '', from: today(), until: dayIn(30), comment: '' },
  });
  const write = useWrite(wait, ['Appointment']);
  const day = (name: 'from' | 'until') => ({
    ...{ type: 'date', required: true, label: t(`wait.${name}`), value: wish[name] },
    min: today(),
    onChange: (event: { readonly currentTarget: HTMLInputElement }) =>
      setWish({ ...wish, [name]: event.currentTarget.value }),
  });
  return (
    <>
      <PageTitle>{t('wait.title')}</PageTitle>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (write.isPending || wish.schedule === '') return;
          write.mutate(
            { ...wish, start: momentFrom(wish.from), end: endOf(wish.until) },
            {
              onSuccess: ({ id = '' }) => {
                clear();
                go(`/visits/${id}`);
              },
            },
          );
        }}
      >
        <Stack maw={640}>
          <Text>
            {t('find.for')} <ForWhom />
          </Text>
          <Text size="sm">{t('wait.how')}</Text>
          <Radio.Group
            label={t('wait.with')}
            required
            value={wish.schedule}
            onChange={(schedule) => setWish({ ...wish, schedule })}
          >
            <Listed found={schedules} empty={{ title: t('find.nobody') }}>
              {(items) =>
                items.map((schedule) => (
                  <Radio key={schedule.id} value={schedule.id ?? ''} label={nameOf(schedule)} />
                ))
              }
            </Listed>
          </Radio.Group>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput {...day('from')} />
            <TextInput {...day('until')} />
          </SimpleGrid>
          <Textarea
            label={t('confirm.reason')}
            description={t('confirm.reasonHint')}
            autosize
            maxLength={500}
            value={wish.comment}
            onChange={(event) => setWish({ ...wish, comment: event.currentTarget.value })}
          />
          {wish.schedule === '' ? <Text size="sm">{t('wait.choose')}</Text> : null}
          <Failure error={write.error} conflictText={t('wait.tooMany')} />
          <Group>
            <Button type="submit" loading={write.isPending} disabled={wish.schedule === ''}>
              {t('wait.now')}
            </Button>
            <Button variant="default" onClick={() => go('/visits/new')}>
              {t('wait.back')}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
};

/** The service says more than the person: whether it is by video. */
const nameOf = ({ actor }: Schedule): string =>
  (actor.find(({ reference }) => reference?.startsWith('HealthcareService/')) ?? actor[0])
    ?.display ?? '';
