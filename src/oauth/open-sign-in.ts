// Open sign-in: who can sign in here, how they are written to, and the pages on which they register and sign in.

import type { RequestHandler } from 'express';
import type { Provider } from 'oidc-provider';
import type { Deliver } from '../access/contact.ts';
import { explainCaller } from '../access/explain.ts';
import type { AttachGuardian } from '../access/guardianship.ts';
import type { RegisterApplicant } from '../access/registered.ts';
import type { Report } from '../audit/report.ts';
import type { Definitions } from '../fhir/definitions/types.ts';
import type { RecordStore, ResourceStore } from '../store/port.ts';
import { writeAccountClient } from './account/client.ts';
import { createFindPractitioners } from './federation/find-practitioners.ts';
import {
  createIdentityProviders,
  type IdentityProviders,
} from './federation/identity-providers.ts';
import { writeOwnClients } from './own-clients.ts';
import { createSignIn } from './sign-in/create-sign-in.ts';
import { reportSignIn } from './sign-in/report-sign-in.ts';
import type { SignInSources } from './sign-in/sources.ts';
import { createSignUp, type SignUp } from './sign-up/sign-up.ts';
import { createAttachGuardian } from './users/attach-guardian.ts';
import { createInvitations, type Invitations } from './users/invitations.ts';
import { createSendMessage } from './users/messages.ts';
import { createUsers, type Users } from './users/users.ts';
import { createVault } from '../platform/vault.ts';

type Passed = 'publicUrl' | 'now' | 'newId' | 'noteFault' | 'staffFactor' | 'idleSeconds';

export interface SignInOptions extends Pick<SignInSources, Passed | 'addressOf' | 'majorityAge'> {
  readonly records: RecordStore;
  readonly resources: ResourceStore;
  readonly definitions: Definitions;
  /** Seals the secrets of second factors and identity providers. */
  readonly vaultKey: Uint8Array;
  readonly deliver: Deliver;
  readonly register: RegisterApplicant;
  readonly report: Report;
}

export interface SignInParts {
  readonly users: Users;
  readonly invitations: Invitations;
  readonly identityProviders: IdentityProviders;
  readonly signUp: SignUp;
  readonly attachGuardian: AttachGuardian;
  readonly pages: (provider: Provider) => RequestHandler;
}

export const openSignIn = async (options: SignInOptions): Promise<SignInParts> => {
  const { records, resources, now, publicUrl, deliver, noteFault, definitions } = options;
  const users = createUsers({ records, now, newId: options.newId });
  const send = createSendMessage({
    mail: ({ to, ...message }) => deliver({ kind: 'mail', to }, message),
    sms: ({ to, text }) => deliver({ kind: 'sms', to }, { subject: '', text }),
  });
  const invitations = createInvitations({ users, records, now, publicUrl, send });
  const signUp = createSignUp({
    ...{ users, records, resources, now, publicUrl, deliver, invitations, onFault: noteFault },
    register: options.register,
  });
  const vault = createVault(options.vaultKey);
  const identityProviders = createIdentityProviders(records, vault);
  await writeAccountClient(records, publicUrl);
  await writeOwnClients(records, publicUrl);
  const pages = createSignIn({
    ...options,
    ...{ users, vault, send, signUp, identityProviders },
    findPractitioners: createFindPractitioners(resources, definitions),
    explain: (subject) => explainCaller(subject, definitions),
    report: reportSignIn(options.report),
  });
  const attachGuardian = createAttachGuardian({ users, records });
  return { users, invitations, identityProviders, signUp, attachGuardian, pages };
};
