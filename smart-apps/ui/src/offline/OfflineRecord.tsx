// OfflineRecord: asks for the PIN, and shows the record this device keeps.

import { useCallback, useState } from 'react';
import { Alert, Button, Container, Group, PasswordInput, Stack, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { idleLimitMs } from '../session/idle-limits.ts';
import { ownLastUse } from '../session/last-use.ts';
import type { AppSettings } from '../session/launch.ts';
import { LockWhenIdle } from '../session/LockWhenIdle.tsx';
import { Notice } from '../states/Notice.tsx';
import { openKept } from './keep.ts';
import { KeptView } from './KeptView.tsx';
import { shelfOf } from './shelf.ts';

export const OfflineRecord = ({ app }: { readonly app: AppSettings }) => {
  const { t } = useTranslation('offline');
  const [pin, setPin] = useState('');
  const opening = useMutation({
    mutationFn: () => openKept(shelfOf(app.name), pin, new Date()),
    gcTime: 0,
    onSettled: () => setPin(''),
  });
  const { data, reset } = opening;
  const [lastUse] = useState(ownLastUse);
  const askAgain = useCallback(() => reset(), [reset]);
  const reload = (): void => globalThis.location.reload();
  if (data?.state === 'open')
    return (
      <LockWhenIdle limitMs={idleLimitMs(app.name)} lastUse={lastUse} lock={askAgain}>
        <KeptView record={data.record} keptAt={data.keptAt} close={reload} />
      </LockWhenIdle>
    );
  if (data?.state === 'gone' || opening.isError)
    return (
      <Notice
        {...{ level: 1, tone: 'warning' }}
        title={t('open.gone')}
        text={t('open.goneText')}
        action={{ label: t('open.back'), run: reload }}
      />
    );
  return (
    <Container size="xs" py="xl">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          opening.mutate();
        }}
      >
        <Stack>
          <Title order={1} size="h3">
            {t('open.title')}
          </Title>
          {data?.state === 'wrong' ? (
            <Alert role="alert" color="red">
              {t('open.wrong', { count: data.left })}
            </Alert>
          ) : null}
          <PasswordInput
            {...{ required: true, autoFocus: true, autoComplete: 'current-password' }}
            inputMode="numeric"
            label={t('open.pin')}
            value={pin}
            visibilityToggleButtonProps={{ 'aria-label': t('pin.show') }}
            onChange={({ currentTarget }) => setPin(currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={opening.isPending}>
              {t('open.open')}
            </Button>
            <Button variant="default" onClick={reload}>
              {t('open.back')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Container>
  );
};
