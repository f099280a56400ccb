// Unreachable: the server cannot be reached while the app opens; says so, and offers what this device keeps.

import { lazy, Suspense, useEffect, useState } from 'react';
import { Button, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AppSettings } from '../session/launch.ts';
import { Loading } from '../states/Loading.tsx';
import { Notice } from '../states/Notice.tsx';
import { lookAtKept } from './keep.ts';
import { shelfOf } from './shelf.ts';

const OfflineRecord = lazy(async () => ({
  default: (await import('./OfflineRecord.tsx')).OfflineRecord,
}));

export interface UnreachableProps {
  readonly app: AppSettings;
  /** `at-once` asks for the PIN where there is something to open. */
  readonly asks?: 'at-once' | 'when-wanted';
}

export const Unreachable = ({ app, asks = 'when-wanted' }: UnreachableProps) => {
  const { t } = useTranslation('ui');
  const [isKept, setKept] = useState(false);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    lookAtKept(shelfOf(app.name), new Date()).then(
      (kept) => {
        setKept(kept !== undefined);
        setOpen(kept !== undefined && asks === 'at-once');
      },
      // A browser without such a place keeps nothing.
      () => undefined,
    );
  }, [app, asks]);
  if (isOpen)
    return (
      <Suspense fallback={<Loading />}>
        <OfflineRecord app={app} />
      </Suspense>
    );
  return (
    <Stack align="center" gap={0}>
      <Notice
        {...{ level: 1, tone: 'warning' }}
        title={t('session.unreachable')}
        text={t('session.unreachableText')}
        action={{ label: t('session.tryAgain'), run: () => globalThis.location.reload() }}
      />
      {isKept ? (
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('session.openKept')}
        </Button>
      ) : null}
    </Stack>
  );
};
