// VisitLink: one visit in a list: when, with whom, how, and its state; leads to the visit.

import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { modeOf } from '@meridian/ui/visits/visit.ts';
import { IconBuildingHospital, IconChevronRight, IconVideo } from '@tabler/icons-react';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Moment } from './Moment.tsx';
import { WithWhom } from './WithWhom.tsx';

export const VisitLink = ({ visit }: { readonly visit: Appointment }) => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const { id = '', status, start, specialty } = visit;
  return (
    <Paper
      withBorder
      p="md"
      component={Link}
      href={`/visits/${id}`}
      c="inherit"
      td="none"
      display="block"
    >
      <Group justify="space-between" wrap="nowrap">
        <Stack gap={4} miw={0}>
          {start === undefined ? <Wished visit={visit} /> : <Moment value={start} />}
          <Text>
            {<WithWhom visit={visit} />}
            {specialty === undefined ? null : ` · ${format.concept(specialty[0])}`}
          </Text>
          <Group gap="xs">
            <ModeLine visit={visit} />
            {status === 'booked' ? null : (
              <Badge variant="light" color="gray">
                {t(`status.${status}`)}
              </Badge>
            )}
          </Group>
        </Stack>
        <IconChevronRight aria-hidden size={20} className="mirror" />
      </Group>
    </Paper>
  );
};

/** On a waiting list there is a period instead of a time. */
export const Wished = ({ visit: { requestedPeriod = [] } }: { readonly visit: Appointment }) => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const { start, end } = requestedPeriod[0] ?? {};
  return (
    <Text fw={600}>{t('wait.period', { start: format.date(start), end: format.date(end) })}</Text>
  );
};

export const ModeLine = ({ visit }: { readonly visit: Appointment }) => {
  const { t } = useTranslation('visits');
  const format = useFormat();
  const mode = modeOf(visit);
  if (mode === undefined)
    return <Text size="sm">{visit.description ?? format.concept(visit.serviceType?.[0])}</Text>;
  const ModeIcon = mode === 'video' ? IconVideo : IconBuildingHospital;
  return (
    <Group gap={6} wrap="nowrap">
      <ModeIcon size={18} aria-hidden />
      <Text size="sm">{t(`mode.${mode}`)}</Text>
    </Group>
  );
};
