// FullSlot: a time that is not to be had any more, with the next ones of the same doctor. What was typed is kept.

import { Alert, Button, Group, Stack, Title } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { hold } from './ask.ts';
import { momentFrom } from './times.ts';
import { TimesToChoose } from './TimesToChoose.tsx';

export interface FullSlotProps {
  readonly visit: Appointment;
  readonly schedule: string | undefined;
}

export const FullSlot = ({ visit, schedule }: FullSlotProps) => {
  const { t } = useTranslation('visits');
  const [, go] = useLocation();
  const holding = useWrite(hold, ['Appointment', 'Slot']);
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
            choose={({ id = '' }) => {
              if (!holding.isPending)
                holding.mutate(id, { onSuccess: (held) => go(`/visits/confirm/${held.id ?? ''}`) });
            }}
            taking={holding.isPending ? holding.variables : undefined}
            refusal={holding.error}
            none={<Group>{t('find.none')}</Group>}
          />
        </>
      )}
    </Stack>
  );
};
