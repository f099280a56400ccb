// SessionGate: shows what is inside it once somebody has signed in, and says what happens until then.

import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type Client from 'fhirclient/lib/Client';
import { useTranslation } from 'react-i18next';
import { createFhir } from '../fhir/client.ts';
import { Loading } from '../states/Loading.tsx';
import { Notice } from '../states/Notice.tsx';
import { launch, signIn, signOut, type AppSettings, type Launched } from './launch.ts';
import { SessionContext, type Session } from './session.ts';

export const SessionGate = ({
  app,
  children,
}: {
  readonly app: AppSettings;
  readonly children: ReactNode;
}) => {
  const { t } = useTranslation('ui');
  const [launched, setLaunched] = useState<Launched>({ state: 'leaving' });
  useEffect(() => {
    void launchOnce(app).then(setLaunched);
  }, [app]);
  const again = () => void signIn(app).then(setLaunched);

  switch (launched.state) {
    case 'leaving':
      return <Loading label={t('session.opening')} />;
    case 'signed-out':
      return (
        <Notice
          title={t('session.signedOut')}
          action={{ label: t('session.signIn'), run: again }}
        />
      );
    case 'refused':
      return (
        <Notice
          tone="warning"
          title={t('session.refused')}
          text={launched.reason}
          action={{ label: t('session.tryAgain'), run: again }}
        />
      );
    case 'ready':
      return (
        <Ready app={app} client={launched.client}>
          {children}
        </Ready>
      );
  }
};

/** A code works once, and React may run an effect twice. */
let running: Promise<Launched> | undefined;
const launchOnce = (app: AppSettings): Promise<Launched> => (running ??= launch(app));

const Ready = ({
  app,
  client,
  children,
}: {
  readonly app: AppSettings;
  readonly client: Client;
  readonly children: ReactNode;
}) => {
  const session = useMemo(() => sessionOf(app, client), [app, client]);
  return <SessionContext value={session}>{children}</SessionContext>;
};

const sessionOf = (app: AppSettings, client: Client): Session => {
  const token = client.state.tokenResponse ?? {};
  const fhirUser = client.getFhirUser() ?? '';
  return {
    app,
    fhir: createFhir(client),
    patient: client.getPatientId() ?? undefined,
    encounter: client.getEncounterId() ?? undefined,
    // The claim is a whole address.
    user: fhirUser.split('/').slice(-2).join('/'),
    scope: token.scope ?? '',
    intent: (token as { readonly intent?: string }).intent,
    needPatientBanner: token.need_patient_banner !== false,
    signOut: () => void signOut(app, client),
    signInAgain: (extra) => void signIn(app, extra),
  };
};
