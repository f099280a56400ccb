// Requests: those that wait for an answer: who asks, of which hospital, for what and for how long.

import { useState } from 'react';
import { Button, Group, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { useSearch } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { useSession } from '@meridian/ui/session/session.ts';
import type { Task } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { ApproveForm } from './ApproveForm.tsx';
import { DenyForm } from './DenyForm.tsx';
import { Named } from './Named.tsx';
import { requestCode, requestIn } from './requests.ts';
import { Rows } from './Rows.tsx';

export const Requests = () => {
  const { t } = useTranslation('sharing');
  const { patient } = useSession();
  const now = new Date().toISOString().slice(0, 13) + ':00:00Z';
  const found = useSearch<Task>('Task', {
    ...{ patient, code: requestCode, status: 'requested', period: `ge${now}` },
    ...{ _sort: '-authored-on', _count: 10 },
  });
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {t('requests.title')}
      </Title>
      <Rows found={found} none={t('requests.none')}>
        {(tasks) => tasks.map((task) => <RequestCard key={task.id} task={task} />)}
      </Rows>
    </Stack>
  );
};

const RequestCard = ({ task }: { readonly task: Task }) => {
  const { t } = useTranslation('sharing');
  const format = useFormat();
  const [answer, setAnswer] = useState<'approve' | 'deny'>();
  const asked = requestIn(task);
  const close = (): void => setAnswer(undefined);
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Title order={3} size="h5">
          <Named reference={asked.organization} />
        </Title>
        {asked.person === undefined ? null : (
          <Text>
            <Named reference={asked.person} />
          </Text>
        )}
        {asked.text === undefined ? null : (
          <Text component="blockquote" m={0} fs="italic">
            {asked.text}
          </Text>
        )}
        <Text size="sm">
          {t('requests.for', { kinds: asked.kinds.map((kind) => t(`kind.${kind}`)).join(', ') })}
        </Text>
        <Text size="sm">{t('requests.until', { date: format.date(asked.until) })}</Text>
        <Text size="sm">{t('requests.answerBy', { date: format.date(asked.answerBy) })}</Text>
        <Group>
          <Button onClick={() => setAnswer('approve')}>{t('requests.allow')}</Button>
          <Button variant="default" onClick={() => setAnswer('deny')}>
            {t('requests.deny')}
          </Button>
        </Group>
      </Stack>
      <Modal
        opened={answer !== undefined}
        onClose={close}
        title={t(answer === 'deny' ? 'deny.title' : 'approve.title')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {answer === 'deny' ? <DenyForm task={task} close={close} /> : null}
        {answer === 'approve' ? <ApproveForm task={task} close={close} /> : null}
      </Modal>
    </Paper>
  );
};
