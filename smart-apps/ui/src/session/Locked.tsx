// Locked: all there is of an app that nobody has used for too long. Without network it asks for the PIN of what the device keeps.

import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../states/Loading.tsx';
import { Notice } from '../states/Notice.tsx';
import type { AppSettings } from './launch.ts';

const Unreachable = lazy(async () => ({
  default: (await import('../offline/Unreachable.tsx')).Unreachable,
}));

export const Locked = ({
  app,
  unlock,
}: {
  readonly app: AppSettings;
  readonly unlock: () => void;
}) => {
  const { t } = useTranslation('lock');
  const { t: ui } = useTranslation('ui');
  // As it was at first: a record that was opened here stays when the network comes back.
  const [isOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    // The title of a page may name a patient.
    document.title = 'Meridian';
  }, []);
  return (
    <main>
      {isOnline ? (
        <Notice
          {...{ level: 1, tone: 'warning' }}
          title={t('locked')}
          action={{ label: ui('session.signIn'), run: unlock }}
        />
      ) : (
        <Suspense fallback={<Loading />}>
          <Unreachable app={app} asks="at-once" />
        </Suspense>
      )}
    </main>
  );
};
