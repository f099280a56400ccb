// SchedulesPage: the Schedules of the hospital's doctors: who can be booked, how and where.

import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { PageTitle } from '@meridian/ui/shell/PageTitle.tsx';
import { Listed } from '@meridian/ui/states/Listed.tsx';
import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { Schedule } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useDoctors, usePlaceNames } from '../hospital/useHospital.ts';
import { formOf } from './form.ts';
import { nameOf } from './schedule.ts';
import { usePrice } from './usePrice.ts';

export const SchedulesPage = () => {
  const { t } = useTranslation('availability');
  const doctors = useDoctors();
  const found = useSearch<Schedule>(
    'Schedule',
    doctors.length === 0
      ? undefined
      : { actor: doctors.map(({ reference }) => reference).join(','), _count: 20 },
  );
  return (
    <>
      <PageTitle
        actions={
          <Button component={Link} href="/availability/new">
            {t('add')}
          </Button>
        }
      >
        {t('title')}
      </PageTitle>
      <Listed found={found} empty={{ title: t('none'), text: t('noneText') }}>
        {(schedules) => (
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {schedules.map((schedule) => (
              <Row key={schedule.id} schedule={schedule} />
            ))}
          </Stack>
        )}
      </Listed>
    </>
  );
};

const Row = ({ schedule }: { readonly schedule: Schedule }) => {
  const { t } = useTranslation('availability');
  const form = formOf(schedule);
  const { doctor, place, service } = nameOf(schedule, usePlaceNames());
  const format = useFormat();
  const price = format.money(usePrice(schedule));
  const hours = form.hours.map(
    ({ days, from, to }) => `${days.map((day) => t(`days.${day}`)).join(', ')} ${from}–${to}`,
  );
  const mode = form.mode === 'video' ? 'video' : 'in-person';
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text fw={600}>{doctor}</Text>
          <Text size="sm">
            {[t(`modes.${mode}`), service, place, price].filter(Boolean).join(' · ')}
          </Text>
          <Text size="sm">{hours.join('; ')}</Text>
        </div>
        <Group gap="xs" justify="flex-end">
          {schedule.active === false ? <Badge color="gray">{t('inactive')}</Badge> : null}
          <Button
            component={Link}
            href={`/availability/${schedule.id ?? ''}`}
            variant="light"
            aria-label={t('editWho', { name: `${doctor}, ${t(`modes.${mode}`)}` })}
          >
            {t('edit')}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
};
