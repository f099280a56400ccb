// FullSlot: a time that is not to be had any more, with the next ones of the same doctor. What was typed is kept.

import { Alert, Button, Group, Stack, Title } from '@mantine/core';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useHold } from './hooks.ts';
import { momentFrom } from './times.ts';
import { TimesToChoose } from './TimesToChoose.tsx';

export interface FullSlotProps {
  readonly visit: Appointment;
  readonly schedule: string | undefined;
}

export const FullSlot = ({ visit, schedule }: FullSlotProps) => {
  const { t } = useTranslation('visits');
  const holding = useHold();
  return (
    <Stack>
      <Alert role="alert" color="orange" title={t('full.title')}>
        <Stack align="flex-start">
          {t('full.kept')}
          <Button component={Link} href="/visits/new" variant="default">
            {t('full.search')}
          </Button>
        </Stack>
      </Alert>
      {schedule === undefined ? null : (
        <>
          <Title order={2} size="h4">
            {t('full.next')}
          </Title>
          <TimesToChoose
            asked={{ schedule }}
            from={momentFrom(visit.start?.slice(0, 10) ?? '')}
            {...holding}
            none={<Group>{t('find.none')}</Group>}
          />
        </>
      )}
    </Stack>
  );
};
