// FullSlot: a time that is not to be had any more, with the next ones of the same doctor. What was typed is kept.

import { Group, Stack, Title } from '@mantine/core';
import { Full } from '@meridian/ui/states/Full.tsx';
import type { Appointment } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useHold } from './hooks.ts';
import { momentFrom } from './times.ts';
import { TimesToChoose } from './TimesToChoose.tsx';

export interface FullSlotProps {
  readonly visit: Appointment;
  readonly schedule: string | undefined;
}

export const FullSlot = ({ visit, schedule }: FullSlotProps) => {
  const { t } = useTranslation('visits');
  const [, go] = useLocation();
  const holding = useHold();
  return (
    <Stack>
      <Full title={t('full.title')} text={t('full.kept')} otherTimes={() => go('/visits/new')} />
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
