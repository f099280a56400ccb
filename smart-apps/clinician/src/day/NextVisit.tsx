// NextVisit: who is next, in front of the list: whoever waits, else whoever is booked next.

import { Group, Paper, Text, Title } from '@mantine/core';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useTranslation } from 'react-i18next';
import type { Visit } from './visit.ts';
import { VisitChanges } from './VisitChanges.tsx';
import { VisitPatient } from './VisitPatient.tsx';
import { VisitStateBadge } from './VisitStateBadge.tsx';
import type { VisitsProps } from './visits-props.ts';

export const NextVisit = ({ visit, ...rows }: VisitsProps & { readonly visit: Visit }) => {
  const { t } = useTranslation('day');
  const format = useFormat();
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="next-visit">
      <Title order={2} size="h6" id="next-visit" mb="xs">
        {t('nextPatient')}
      </Title>
      <Group justify="space-between" align="start">
        <Group align="start" gap="xl">
          <Text fw={700} size="xl">
            {format.time(visit.appointment.start, rows.timeZone)}
          </Text>
          <div>
            <VisitPatient visit={visit} />
          </div>
          <VisitStateBadge visit={visit} now={rows.now} />
        </Group>
        <VisitChanges visit={visit} {...rows} />
      </Group>
    </Paper>
  );
};
