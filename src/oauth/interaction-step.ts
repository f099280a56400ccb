// Interaction step: where one authorization request stands, for whom, and what its app may ask for.

import type { Request, Response } from 'express';
import { errors, type Client, type Provider } from 'oidc-provider';
import { ownApp, type OwnApp } from '../access/own-apps.ts';
import type { User } from '../access/user.ts';
import type { RecordStore } from '../store/port.ts';
import { accountClientId } from './account/client.ts';
import { findUser } from './accounts.ts';
import type { Chosen } from './authorize-rules.ts';
import type { ConsentSources } from './consent.ts';
import type { Report } from './events.ts';
import { findLaunch } from './launches.ts';
import { grantable, splitScope, type ScopeRules } from './scope-rules.ts';
import { isForWork, type AtWork, type Workplaces } from './workplaces.ts';

export interface InteractionSources extends ConsentSources {
  readonly rules: ScopeRules;
  readonly report: Report;
  readonly workplaces: Workplaces;
}

export interface Exchange {
  readonly req: Request;
  readonly res: Response;
}

export type PromptName = 'login' | 'workplace' | 'smart_context' | 'consent';

export interface Step {
  readonly details: Awaited<ReturnType<Provider['interactionDetails']>>;
  readonly prompt: PromptName;
  /** Of the pages, the interaction's id at its end. */
  readonly path: string;
  /** Absent before sign-in; at the hospital they work for, once that is settled. */
  readonly user: AtWork | undefined;
  /** Whether that is settled, or nothing there is to settle. */
  readonly isPlaced: boolean;
  readonly client: string;
  /** What the page calls the app. */
  readonly app: string;
  readonly appSite?: string;
  readonly redirectUri: string;
  /** Id of the launch, when an EHR started the app. */
  readonly launch?: string;
  /** Chosen in the picker. */
  readonly patient?: string;
  readonly encounter?: string;
  /** Part of this server: goes on without a consent page. */
  readonly isOurs: boolean;
  /** Present when the app is one of ours. */
  readonly own?: OwnApp;
  /** Of those asked for, the ones this app may have. */
  readonly scopes: readonly string[];
}

/** Throws SessionNotFound when the page is not of this browser or is too old. */
export const openStep = async (
  { req, res }: Exchange,
  { provider, records, rules, workplaces }: InteractionSources,
): Promise<Step> => {
  const details = await provider.interactionDetails(req, res);
  if (details.uid !== req.params['uid']) throw new errors.SessionNotFound('other interaction');
  const { params, session, lastSubmission, prompt } = details;
  const client = await provider.Client.find(String(params['client_id']));
  if (!client) throw new errors.SessionNotFound('the client was removed');
  const { launch } = params;
  const chosen = (lastSubmission ?? {}) as Chosen;
  const { patient, encounter = '' } = chosen.smart_context ?? {};
  const user = await signedInUser(session?.accountId, records);
  const isAsked = user && isForWork(user, client.clientId, splitScope(params['scope'] as string));
  const opened = typeof launch === 'string' ? await findLaunch(records, launch) : undefined;
  const named = opened?.organization ?? chosen.workplace?.organization;
  const placed = isAsked ? await workplaces.settle(user, named) : user;
  return {
    ...{ details, ...describe(client) },
    ...{ user: placed ?? user, isPlaced: placed !== undefined || user === undefined },
    prompt: prompt.name as PromptName,
    path: `${req.baseUrl}/${details.uid}`,
    redirectUri: String(params['redirect_uri']),
    ...(typeof launch === 'string' ? { launch } : {}),
    ...(patient === undefined ? {} : { patient }),
    ...(encounter === '' ? {} : { encounter }),
    scopes: grantable(askedOf(user, params['scope']), client, 'person', rules),
  };
};

/** Who is signed in; a user who was disabled meanwhile has to start again. */
export const userOf = ({ user }: Step): AtWork => {
  if (!user) throw new errors.SessionNotFound('the user may no longer sign in');
  return user;
};

const signedInUser = async (
  id: string | undefined,
  records: RecordStore,
): Promise<User | undefined> => (id === undefined ? undefined : findUser(records, id));

type Described = Pick<Step, 'client' | 'app' | 'appSite' | 'isOurs' | 'own'>;

const describe = (client: Client): Described => {
  const own = ownApp(client.clientId);
  return {
    client: client.clientId,
    app: client.clientName ?? client.clientId,
    ...(client.clientUri === undefined ? {} : { appSite: client.clientUri }),
    isOurs: own !== undefined || client.clientId === accountClientId,
    ...(own === undefined ? {} : { own }),
  };
};

/** A user who is no FHIR resource has no fhirUser to tell. */
const askedOf = (user: User | undefined, scope: unknown): readonly string[] => {
  const asked = splitScope(scope as string | undefined);
  const isResource = user?.fhirUser !== undefined || (user?.relatedPersons?.length ?? 0) > 0;
  return isResource ? asked : asked.filter((each) => each !== 'fhirUser');
};
