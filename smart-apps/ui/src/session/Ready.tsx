// Ready: the session for everything inside: who has signed in, whose record is open, and the way to the server.

import { lazy, Suspense, useCallback, useMemo, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type Client from 'fhirclient/lib/Client';
import { createFhir } from '../fhir/client.ts';
// What the device keeps goes when its person signs out, whatever else of it is loaded.
import '../offline/shelf.ts';
import { claimDrafts } from './drafts.ts';
import { idleLimitMs } from './idle-limits.ts';
import { lastUse } from './last-use.ts';
import { homeOf, lock, signIn, userOf, type AppSettings, type Launched } from './launch.ts';
import { LockWhenIdle } from './LockWhenIdle.tsx';
import { SessionContext, type Session } from './session.ts';
import { signOut } from './sign-out.ts';
import { tokensOf } from './tokens.ts';
import { workplaceIn } from './workplace.ts';

const KeepFresh = lazy(async () => ({
  default: (await import('../offline/KeepFresh.tsx')).KeepFresh,
}));

export interface ReadyProps {
  readonly app: AppSettings;
  readonly client: Client;
  readonly leave: (launched: Launched) => void;
  readonly children: ReactNode;
}

export const Ready = ({ app, client, leave, children }: ReadyProps) => {
  const queries = useQueryClient();
  const session = useMemo(
    (): Session => ({
      ...sessionOf(app, client),
      signOut: () => {
        // What is shown goes first: the page may be kept by the browser as it is.
        leave({ state: 'leaving' });
        queries.clear();
        void signOut(homeOf(app), app.name, client);
      },
      signInAgain: (extra) => void signIn(app, extra).then(leave),
    }),
    [app, client, leave, queries],
  );
  const lockNow = useCallback(() => {
    leave(lock(app, client));
    queries.clear();
  }, [app, client, leave, queries]);
  return (
    <SessionContext value={session}>
      <LockWhenIdle limitMs={idleLimitMs(app.name)} lastUse={lastUse} lock={lockNow}>
        {children}
      </LockWhenIdle>
      {app.scope.includes('launch/patient') ? (
        <Suspense fallback={null}>
          <KeepFresh />
        </Suspense>
      ) : null}
    </SessionContext>
  );
};

const sessionOf = (app: AppSettings, client: Client): Omit<Session, 'signOut' | 'signInAgain'> => {
  const token = client.state.tokenResponse ?? {};
  const user = userOf(client);
  const organization = workplaceIn(token);
  // What was typed at one hospital is not to be read at another.
  claimDrafts(organization === undefined ? user : `${user} ${organization}`);
  const tokens = tokensOf(client, (state) => {
    if (state.key !== undefined) sessionStorage.setItem(state.key, JSON.stringify(state));
  });
  return {
    ...{ app, user, organization, fhir: createFhir(client.state.serverUrl, tokens) },
    patient: client.getPatientId() ?? undefined,
    encounter: client.getEncounterId() ?? undefined,
    scope: token.scope ?? '',
    intent: (token as { readonly intent?: string }).intent,
    needPatientBanner: token.need_patient_banner !== false,
  };
};
