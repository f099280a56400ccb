// The table of commands: the command line and the operations of administrators both read it.

import { createClient } from './commands/create-client.ts';
import { createIdentityProvider } from './commands/create-identity-provider.ts';
import { createOrganization } from './commands/create-organization.ts';
import { createPractitioner } from './commands/create-practitioner.ts';
import { createRegistrationToken } from './commands/create-registration-token.ts';
import { createToken } from './commands/create-token.ts';
import { createUser } from './commands/create-user.ts';
import { resetSecondFactor } from './commands/reset-second-factor.ts';
import { restoreApp } from './commands/restore-app.ts';
import { revokeAccess } from './commands/revoke-access.ts';
import { rotateKeys } from './commands/rotate-keys.ts';
import { seed } from './commands/seed.ts';
import type { Command } from './types.ts';

export const commands: readonly Command[] = [
  createOrganization,
  createPractitioner,
  createUser,
  createClient,
  createIdentityProvider,
  createRegistrationToken,
  rotateKeys,
  revokeAccess,
  restoreApp,
  resetSecondFactor,
  createToken,
  seed,
];
