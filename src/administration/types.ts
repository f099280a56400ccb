// What a command of an administrator is, and what it works with: one shape for the command line and the API.

import type { User } from '../access/user.ts';
import type { ReportKind } from '../audit/events/report-kinds.ts';
import type { Report } from '../audit/report.ts';
import type { Context } from '../interactions/types.ts';
import type { CheckClient } from '../oauth/check-client.ts';
import type { IdentityProviders } from '../oauth/federation/identity-providers.ts';
import type { NewUser, Users } from '../oauth/users/users.ts';
import type { InputParameter, Inputs, OutputParameter } from '../operations/parameters.ts';

export interface Command {
  /** `create-user`; the operation is `$create-user`. */
  readonly name: string;
  /** A sentence for the list of commands and the OperationDefinition. */
  readonly about: string;
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  /** 'command line' alone for what only who holds the data folder may do. */
  readonly ways: 'everywhere' | 'command line';
  /** What the audit calls it. */
  readonly event: ReportKind;
  /** Throws a `Problem` that names the parameter. */
  readonly run: (inputs: Inputs, tools: Tools) => Promise<readonly OutputParameter[]>;
}

export interface Input extends InputParameter {
  readonly about: string;
  readonly required?: true;
}

export interface Output {
  readonly name: string;
  readonly type: string;
  readonly about: string;
}

export interface Tools {
  /** To write FHIR resources as the server itself, in the name of who asks. */
  readonly context: Context;
  /** Base of this server's addresses: `https://host/fhir`. */
  readonly base: string;
  readonly users: Users;
  /** The hospitals' own sign-ins. */
  readonly identityProviders: IdentityProviders;
  readonly invite: (draft: Omit<NewUser, 'password' | 'status'>) => Promise<Invited>;
  /** Throws 400 for metadata that the authorization server would not take. */
  readonly checkClient: CheckClient;
  /** A token for one registration of a client by itself. */
  readonly issueInitialAccessToken: () => Promise<string>;
  readonly report: Report;
}

export interface Invited {
  readonly user: User;
  readonly link: string;
}
