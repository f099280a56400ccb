// ChartActions: the ways from the chart to what a clinician does next.

import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { addressOfAction, chartActions } from './actions.ts';

export interface ChartActionsProps {
  readonly patient: string;
  readonly encounter: string | undefined;
}

export const ChartActions = ({ patient, encounter }: ChartActionsProps) => {
  const { t } = useTranslation('chart');
  return (
    <Group component="nav" gap="xs" aria-label={t('actions.label')}>
      {chartActions.map((action) => (
        <Button
          key={action.name}
          component={Link}
          href={addressOfAction(action, { patient, encounter })}
          size="compact-md"
          variant="light"
          leftSection={<action.icon size={16} aria-hidden />}
        >
          {t(`actions.${action.name}`)}
        </Button>
      ))}
    </Group>
  );
};
