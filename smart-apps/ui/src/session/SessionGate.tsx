// SessionGate: shows what is inside it once somebody has signed in, and says what happens until then.

import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loading } from '../states/Loading.tsx';
import { Notice } from '../states/Notice.tsx';
import { launch, signIn, unlock, type AppSettings, type Launched } from './launch.ts';
import { Locked } from './Locked.tsx';
import { Ready } from './Ready.tsx';
import { onSignOutElsewhere } from './sign-out.ts';

const Unreachable = lazy(async () => ({
  default: (await import('../offline/Unreachable.tsx')).Unreachable,
}));

export interface SessionGateProps {
  readonly app: AppSettings;
  readonly children: ReactNode;
}

export const SessionGate = ({ app, children }: SessionGateProps) => {
  const { t } = useTranslation('ui');
  const [launched, setLaunched] = useLaunch(app);
  const again = () => void signIn(app, { keepPlace: false }).then(setLaunched);

  switch (launched.state) {
    case 'leaving':
      return <Loading label={t('session.opening')} />;
    case 'ready':
      return (
        <Ready app={app} client={launched.client} leave={setLaunched}>
          {children}
        </Ready>
      );
    case 'locked':
      return <Locked app={app} unlock={() => void unlock(app).then(setLaunched)} />;
    case 'unreachable':
      return (
        <main>
          <Suspense fallback={<Loading />}>
            <Unreachable app={app} />
          </Suspense>
        </main>
      );
    case 'signed-out':
      return (
        <Notice
          title={t('session.signedOut')}
          action={{ label: t('session.signIn'), run: again }}
          {...(app.signUp === undefined
            ? {}
            : { link: { label: t('session.signUp'), href: app.signUp } })}
        />
      );
    case 'refused':
    case 'other-server':
      return (
        <main>
          <Notice
            {...{ level: 1, tone: 'warning' }}
            title={t('session.refused')}
            text={launched.state === 'refused' ? launched.reason : t('session.otherServer')}
            action={{ label: t('session.tryAgain'), run: again }}
          />
        </main>
      );
  }
};

const useLaunch = (app: AppSettings) => {
  const queries = useQueryClient();
  const [launched, setLaunched] = useState<Launched>({ state: 'leaving' });
  useEffect(() => {
    void launchOnce(app).then(setLaunched);
  }, [app]);
  useEffect(
    () =>
      onSignOutElsewhere(() => {
        queries.clear();
        setLaunched({ state: 'signed-out' });
      }),
    [queries],
  );
  useEffect(() => {
    // Who comes back by the browser's own button gets the page as it was left: on its way out.
    const comeBack = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) globalThis.location.reload();
    };
    globalThis.addEventListener('pageshow', comeBack);
    return () => globalThis.removeEventListener('pageshow', comeBack);
  }, []);
  return [launched, setLaunched] as const;
};

/** A code works once, and React may run an effect twice. */
let running: Promise<Launched> | undefined;
const launchOnce = (app: AppSettings): Promise<Launched> => (running ??= launch(app));
