// Session: who has signed in to this tab, whose record is open, and the client that asks for them.

import { createContext, useContext } from 'react';
import type { Fhir } from '../fhir/client.ts';
import type { AppSettings, SignInExtra } from './launch.ts';

export interface Session {
  readonly app: AppSettings;
  readonly fhir: Fhir;
  /** The id of the Patient whose record is open, where the app has one. */
  readonly patient: string | undefined;
  /** The id of the Encounter of the launch. */
  readonly encounter: string | undefined;
  /** Who has signed in: a reference such as `Practitioner/dr-deshpande`. */
  readonly user: string;
  /** The organization acted for: `Organization/1`; undefined of patients and proxies. */
  readonly organization: string | undefined;
  /** What was granted. */
  readonly scope: string;
  readonly intent: string | undefined;
  readonly needPatientBanner: boolean;
  readonly signOut: () => void;
  /** Signs in again; nothing that was typed is lost. */
  readonly signInAgain: (extra?: SignInExtra) => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** Only below `SessionGate`. */
export const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession is called outside of SessionGate.');
  return session;
};
