// ApproveForm: gives what was asked, or less of it: fewer kinds, a shorter time, to one person alone.

import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import type { Task } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { approve, type Approval } from './answer.ts';
import { dayOf, today } from './days.ts';
import { KindsField } from './KindsField.tsx';
import { kinds } from './kinds.ts';
import { Named } from './Named.tsx';
import { requestIn } from './requests.ts';

export interface AnswerProps {
  readonly task: Task;
  readonly close: () => void;
}

export const ApproveForm = ({ task, close }: AnswerProps) => {
  const { t } = useTranslation('sharing');
  const asked = requestIn(task);
  const lastDay = asked.until === undefined ? '' : dayOf(asked.until);
  const [given, give, clear] = useDraft<Approval['given']>(`approve-${task.id ?? ''}`, {
    ...{ kinds: asked.kinds, sensitive: [], until: lastDay },
    to: 'organization',
  });
  const write = useWrite(approve, ['Task', 'Consent', 'Communication']);
  const offered = asked.kinds.includes('everything') ? kinds : asked.kinds;
  const done = (): void => {
    clear();
    close();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!write.isPending) write.mutate({ task, asked, given }, { onSuccess: done });
      }}
    >
      <Stack>
        <Text fw={600}>
          <Named reference={asked.organization} />
        </Text>
        <KindsField
          offered={offered}
          chosen={given.kinds}
          choose={(chosen) => give({ ...given, kinds: chosen })}
          sensitive={given.sensitive}
          chooseSensitive={(sensitive) => give({ ...given, sensitive })}
        />
        {asked.person === undefined ? null : (
          <Radio.Group
            label={t('form.to')}
            value={given.to}
            onChange={(to) => give({ ...given, to: to })}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="organization" label={t('form.organization')} />
              <Radio value="person" label={<Named reference={asked.person} />} />
            </Stack>
          </Radio.Group>
        )}
        <TextInput
          type="date"
          required
          label={t('form.until')}
          value={given.until}
          min={today()}
          max={lastDay}
          onChange={(event) => give({ ...given, until: event.currentTarget.value })}
        />
        <Failure error={write.error} conflictText={t('approve.conflict')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('close')}
          </Button>
          <Button type="submit" loading={write.isPending} disabled={given.kinds.length === 0}>
            {t('approve.now')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
