// Sources: what the pages of signing in are made of, passed in by compose.

import type { IncomingMessage } from 'node:http';
import type { Explained } from '../../access/explain.ts';
import type { Subject } from '../../access/subject.ts';
import type { IdentityProviders } from '../federation/identity-providers.ts';
import type { FindPractitioners } from '../federation/link.ts';
import type { SignUp } from '../sign-up/sign-up.ts';
import type { SendMessage } from '../users/messages.ts';
import type { Users } from '../users/users.ts';
import type { Vault } from '../../platform/vault.ts';
import type { RecordStore } from '../../store/port.ts';
import type { ReportSignIn } from './events.ts';
import type { StaffFactor } from './policy.ts';

export interface SignInSources {
  /** Address clients use: `https://host`. */
  readonly publicUrl: string;
  readonly records: RecordStore;
  readonly users: Users;
  readonly vault: Vault;
  readonly now: () => number;
  readonly newId: () => string;
  readonly send: SendMessage;
  readonly staffFactor: StaffFactor;
  readonly report: ReportSignIn;
  /** Called for a fault that nobody is shown; gives the id under which it was logged. */
  readonly noteFault: (error: unknown) => string;
  /** The client's address as far as proxies are trusted. */
  readonly addressOf: (req: IncomingMessage) => string;
  readonly identityProviders: IdentityProviders;
  readonly findPractitioners: FindPractitioners;
  /** What somebody may do, for the page that tells it. */
  readonly explain: (subject: Subject) => readonly Explained[];
  /** How long the account pages may lie unused. */
  readonly idleSeconds: number;
  readonly signUp: SignUp;
  /** From which age a person registers without a guardian. */
  readonly majorityAge: number;
}
