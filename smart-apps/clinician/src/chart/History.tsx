// History: what has happened to the patient, newest first, as far back as somebody asks.

import { Button, Group, Text } from '@mantine/core';
import {
  IconFileText,
  IconPill,
  IconScissors,
  IconStethoscope,
  IconVaccine,
  type Icon,
} from '@tabler/icons-react';
import { Timeline } from '@meridian/ui/record/Timeline.tsx';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Loading } from '@meridian/ui/states/Loading.tsx';
import { useTranslation } from 'react-i18next';
import type { EventType } from './events.ts';
import { Panel } from './Panel.tsx';
import type { Events } from './useEvents.ts';

export const History = ({ history }: { readonly history: Events }) => {
  const { t } = useTranslation(['chart', 'ui']);
  const { events, isLoading, error, again, more, isLoadingMore } = history;
  return (
    <Panel title={t('history.title')} height="large">
      {isLoading ? <Loading /> : null}
      {!isLoading && error === null && events.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('history.none')}
        </Text>
      ) : null}
      <Timeline
        items={events.map(({ type, ...event }) => ({
          ...event,
          kind: t(`history.kind.${type}`),
          icon: icons[type],
        }))}
      />
      <Failure error={error} again={again} />
      {more === undefined ? null : (
        <Group justify="center">
          <Button variant="default" loading={isLoadingMore} onClick={more}>
            {t('ui:states.more')}
          </Button>
        </Group>
      )}
    </Panel>
  );
};

const icons: Readonly<Record<EventType, Icon>> = {
  Encounter: IconStethoscope,
  DiagnosticReport: IconFileText,
  Procedure: IconScissors,
  MedicationRequest: IconPill,
  Immunization: IconVaccine,
};
