// VisitRow: one visit: when, who, what for, how, where it stands, and what can be noted of it.

import { Group, Stack, Table, Text } from '@mantine/core';
import { IconBuildingHospital, IconVideo } from '@tabler/icons-react';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useTranslation } from 'react-i18next';
import type { Visit } from './visit.ts';
import { VisitChanges } from './VisitChanges.tsx';
import { VisitPatient } from './VisitPatient.tsx';
import { VisitStateBadge } from './VisitStateBadge.tsx';
import type { VisitsProps } from './visits-props.ts';

export const VisitRow = ({ visit, ...rows }: VisitsProps & { readonly visit: Visit }) => {
  const format = useFormat();
  const { appointment } = visit;
  const state = <VisitStateBadge visit={visit} now={rows.now} />;
  const changes = <VisitChanges visit={visit} {...rows} />;
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap', verticalAlign: 'top' }}>
        <Text fw={600}>{format.time(appointment.start, rows.timeZone)}</Text>
        <Text size="xs" c="dimmed">
          {format.time(appointment.end, rows.timeZone)}
        </Text>
      </Table.Td>
      <Table.Th scope="row" style={{ verticalAlign: 'top' }}>
        <VisitPatient visit={visit} />
        <Stack gap="xs" mt="xs" fw={400} hiddenFrom="sm" align="start">
          <Mode visit={visit} />
          {state}
          {changes}
        </Stack>
      </Table.Th>
      <Table.Td visibleFrom="md" style={{ verticalAlign: 'top' }}>
        <Mode visit={visit} />
        <Text size="sm">
          {appointment.description ?? format.concept(appointment.reasonCode?.[0])}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm" style={{ verticalAlign: 'top' }}>
        {state}
      </Table.Td>
      <Table.Td visibleFrom="sm" style={{ verticalAlign: 'top' }}>
        {changes}
      </Table.Td>
    </Table.Tr>
  );
};

const Mode = ({ visit: { mode, appointment } }: { readonly visit: Visit }) => {
  const { t } = useTranslation('day');
  const format = useFormat();
  const ModeIcon = mode === 'video' ? IconVideo : IconBuildingHospital;
  if (mode === undefined)
    return <Text size="sm">{format.concept(appointment.serviceType?.[0])}</Text>;
  return (
    <Group gap={6} wrap="nowrap">
      <ModeIcon size={16} aria-hidden />
      <Text size="sm">{t(`mode.${mode}`)}</Text>
    </Group>
  );
};
