// AccessRequest: one request for a record, and the field for the code that the patient tells.

import { useState } from 'react';
import { useRead, useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useFormat } from '@meridian/ui/format/useFormat.ts';
import { Failure } from '@meridian/ui/states/Failure.tsx';
import { Alert, Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import type { Practitioner, Task } from 'fhir/r4';
import { useTranslation } from 'react-i18next';
import { confirmAccess, requestOf } from './access.ts';

export const AccessRequest = ({ task }: { readonly task: Task }) => {
  const { t } = useTranslation('access');
  const format = useFormat();
  const [code, setCode] = useState('');
  // What is shown of it stays until one has read that it is done.
  const confirming = useWrite(confirmAccess, []);
  const { kinds, period, named, by } = requestOf(task);
  const [type, id] = by?.split('/') ?? [];
  const asker = useRead<Practitioner>('Practitioner', type === 'Practitioner' ? id : undefined);
  const about = format.uhid(named);
  const words = kinds.map((kind) => t(`kinds.${kind}`, { defaultValue: kind })).join(', ');
  return (
    <Paper component="li" withBorder p="sm" aria-label={t('aboutWho', { about })}>
      <Stack gap="xs">
        <Text fw={600} ff="monospace">
          {about}
        </Text>
        <Text size="sm">
          {[format.name(asker.data?.name), words, t('until', { when: format.date(period?.end) })]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {confirming.isSuccess ? (
          <Alert color="green" role="status">
            {t('open')}
          </Alert>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              confirming.mutate({ task: task.id ?? '', code });
            }}
          >
            <Group align="flex-end">
              <TextInput
                label={t('code')}
                value={code}
                inputMode="numeric"
                autoComplete="one-time-code"
                onChange={({ currentTarget }) => setCode(currentTarget.value)}
              />
              <Button
                type="submit"
                loading={confirming.isPending}
                disabled={!/^\d{8}$/.test(code.replace(/\D/g, ''))}
              >
                {t('confirm')}
              </Button>
            </Group>
          </form>
        )}
        <Failure error={confirming.error} />
      </Stack>
    </Paper>
  );
};
