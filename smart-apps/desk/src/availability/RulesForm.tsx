// RulesForm: the rules of a Schedule as a form; what is not right is said at its field.

import { useState } from 'react';
import { kindOf } from '@meridian/ui/fhir/failure.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Alert, Button, Group, SimpleGrid, Stack } from '@mantine/core';
import type { Schedule } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { ExceptionFields } from './ExceptionFields.tsx';
import { ownFaults, serverFaults } from './faults.ts';
import { withRules, type AvailabilityForm } from './form.ts';
import { HoursFields } from './HoursFields.tsx';
import { Preview } from './Preview.tsx';
import { VisitFields } from './VisitFields.tsx';

export interface RulesFormProps {
  readonly schedule: Schedule;
  readonly initial: AvailabilityForm;
  readonly isBusy: boolean;
  readonly isSaved?: boolean;
  readonly error: unknown;
  readonly onReadAgain: () => void;
  readonly onSave: (schedule: Schedule, done: () => void) => void;
}

export const RulesForm = (props: RulesFormProps) => {
  const { schedule, initial, isBusy, isSaved = false, error, onReadAgain, onSave } = props;
  const { t } = useTranslation('availability');
  const [draft, setDraft, forget] = useDraft<AvailabilityForm | null>(
    `availability:${schedule.id ?? 'new'}`,
    null,
  );
  const [isChecked, setChecked] = useState(false);
  const form = draft ?? initial;
  const own = ownFaults(form);
  const faults = {
    ...serverFaults(error, form),
    ...(isChecked
      ? Object.fromEntries(Object.entries(own).map(([field, key]) => [field, t(`faults.${key}`)]))
      : {}),
  };
  const set = (change: Partial<AvailabilityForm>) => setDraft({ ...form, ...change });
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setChecked(true);
          if (Object.keys(own).length === 0) onSave(withRules(schedule, form), forget);
        }}
      >
        <Stack>
          <VisitFields form={form} faults={faults} onChange={set} />
          <HoursFields hours={form.hours} faults={faults} onChange={(hours) => set({ hours })} />
          <ExceptionFields form={form} faults={faults} onChange={set} />
          <Failure
            error={error}
            conflictText={t('conflict')}
            again={kindOf(error) === 'conflict' ? onReadAgain : undefined}
          />
          {isSaved && draft === null ? (
            <Alert color="green" role="status">
              {t('saved')}
            </Alert>
          ) : null}
          <Group>
            <Button type="submit" loading={isBusy}>
              {t('save')}
            </Button>
            {draft === null ? null : (
              <Button variant="default" onClick={forget}>
                {t('discard')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
      <Preview form={form} schedule={schedule.id} isChanged={draft !== null} />
    </SimpleGrid>
  );
};
