// AskPerson: somebody who may be known at another hospital is asked by a code to the contact on file there; nothing else is told.

import { useState } from 'react';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Alert, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { readUhid } from '../patients/uhid.ts';
import { decide, type Decided } from './decide.ts';

export interface AskPersonProps {
  readonly task: string;
  readonly onDecided: (decided: Decided) => void;
}

export const AskPerson = ({ task, onDecided }: AskPersonProps) => {
  const { t } = useTranslation('duplicates');
  const [typed, setTyped] = useState('');
  const [code, setCode] = useState('');
  const asking = useWrite(decide, [], onDecided);
  const proving = useWrite(decide, ['Task', 'Patient'], onDecided);
  const uhid = readUhid(typed);
  const isWrong = typed.trim() !== '' && !uhid.ok;
  const ticket = asking.data?.state === 'asked' ? asking.data.ticket : undefined;
  const ask = () =>
    asking.mutate({
      ...{ task, decision: { kind: 'ask', ...(uhid.ok ? { uhid: uhid.number } : {}) } },
    });
  return (
    <Paper withBorder p="md" component="section">
      <Stack align="flex-start">
        <Title order={2} size="h4">
          {t('ask.title')}
        </Title>
        <Text size="sm">{t('ask.text')}</Text>
        <TextInput
          label={t('ask.uhid')}
          description={t('ask.uhidHow')}
          value={typed}
          error={isWrong ? t('ask.wrong') : undefined}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Failure error={asking.error} />
        <Button variant="default" loading={asking.isPending} disabled={isWrong} onClick={ask}>
          {ticket === undefined ? t('ask.send') : t('ask.again')}
        </Button>
        {ticket === undefined ? null : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              proving.mutate({ task, decision: { kind: 'prove', ticket, code } });
            }}
          >
            <Stack align="flex-start">
              <Alert role="status">{t('ask.sent')}</Alert>
              <Group align="flex-end">
                <TextInput
                  label={t('ask.code')}
                  value={code}
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  onChange={({ currentTarget }) => setCode(currentTarget.value)}
                />
                <Button type="submit" loading={proving.isPending} disabled={code.trim() === ''}>
                  {t('ask.confirm')}
                </Button>
              </Group>
              <Failure error={proving.error} />
            </Stack>
          </form>
        )}
      </Stack>
    </Paper>
  );
};
