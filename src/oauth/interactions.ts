// Interactions: the pages between an app's request and its answer: choosing a patient, and consent. Sign-in is elsewhere.

import express, {
  type ErrorRequestHandler,
  type Request,
  type Response,
  type Router,
} from 'express';
import { errors, type Provider } from 'oidc-provider';
import type { User } from '../access/user.ts';
import { Problem } from '../fhir/problem.ts';
import type { RecordStore } from '../store/port.ts';
import { findUser } from './accounts.ts';
import type { Chosen } from './authorize-rules.ts';
import {
  grantConsent,
  settleContext,
  type ConsentSources,
  type SettledContext,
} from './consent.ts';
import { consentItems, isImplied, readTicked, type ConsentItem } from './consent-items.ts';
import { consentPage } from './consent-page.ts';
import { findLaunch } from './launches.ts';
import { expiredPage } from './message-pages.ts';
import { sendPage } from './pages/send-page.ts';
import { nameOf } from './patient-name.ts';
import { isStaff, type PatientChoice, type Patients } from './patients.ts';
import { pickerPage, type SearchField } from './picker-page.ts';
import { grantable, splitScope, type ScopeRules } from './scope-rules.ts';

export interface InteractionSources extends ConsentSources {
  readonly rules: ScopeRules;
}

/** Mounted at `/interaction`. */
export const createInteractions = (sources: InteractionSources): Router => {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: '64kb' });
  router.get('/:uid', async (req, res) => {
    const step = await openStep(req, res, sources);
    await show[step.prompt](step, req, res, sources);
  });
  router.post('/:uid/patient', form, async (req, res) => {
    await choosePatient(await openStep(req, res, sources), req, res, sources);
  });
  router.post('/:uid/consent', form, async (req, res) => {
    await consent(await openStep(req, res, sources), req, res, sources);
  });
  router.post('/:uid/cancel', form, async (req, res) => {
    await openStep(req, res, sources);
    await refuse('The user refused.', req, res, sources);
  });
  router.use(answerExpired);
  return router;
};

type PromptName = 'login' | 'smart_context' | 'consent';

interface Step {
  readonly details: Awaited<ReturnType<Provider['interactionDetails']>>;
  readonly prompt: PromptName;
  readonly path: string;
  /** Absent before sign-in. */
  readonly user: User | undefined;
  readonly client: string;
  /** What the page calls the app. */
  readonly app: string;
  readonly appSite?: string;
  readonly redirectUri: string;
  readonly launch?: string;
  readonly patient?: string;
  readonly isTrusted: boolean;
  /** Of those asked for, the ones this app may have. */
  readonly scopes: readonly string[];
}

/** Throws SessionNotFound when the page is not of this browser or is too old. */
const openStep = async (
  req: Request,
  res: Response,
  { provider, records, rules }: InteractionSources,
): Promise<Step> => {
  const details = await provider.interactionDetails(req, res);
  if (details.uid !== req.params['uid']) throw new errors.SessionNotFound('other interaction');
  const { params, session, lastSubmission, prompt } = details;
  const client = await provider.Client.find(String(params['client_id']));
  if (!client) throw new errors.SessionNotFound('the client was removed');
  const { launch } = params;
  const patient = (lastSubmission as Chosen | undefined)?.smart_context?.patient;
  const user = await signedInUser(session?.accountId, records);
  return {
    details,
    prompt: prompt.name as PromptName,
    path: `${req.baseUrl}/${details.uid}`,
    user,
    client: client.clientId,
    app: client.clientName ?? client.clientId,
    ...(client.clientUri === undefined ? {} : { appSite: client.clientUri }),
    redirectUri: String(params['redirect_uri']),
    ...(typeof launch === 'string' ? { launch } : {}),
    ...(patient === undefined ? {} : { patient }),
    isTrusted: client['trusted'] === true,
    scopes: grantable(askedOf(user, params['scope']), client, 'person', rules),
  };
};

/** A user who is no FHIR resource has no fhirUser to tell. */
const askedOf = (user: User | undefined, scope: unknown): readonly string[] => {
  const asked = splitScope(scope as string | undefined);
  const isResource = user?.fhirUser !== undefined || (user?.relatedPersons?.length ?? 0) > 0;
  return isResource ? asked : asked.filter((each) => each !== 'fhirUser');
};

const signedInUser = async (
  id: string | undefined,
  records: RecordStore,
): Promise<User | undefined> => (id === undefined ? undefined : findUser(records, id));

type Show = (
  step: Step,
  req: Request,
  res: Response,
  sources: InteractionSources,
) => Promise<void> | void;

const show: Readonly<Record<PromptName, Show>> = {
  login: ({ path }, _req, res) => {
    res.redirect(303, `${path}/login`);
  },
  smart_context: async (step, req, res, { patients }) => {
    const user = userOf(step);
    const search = isStaff(user) ? readSearch(req) : undefined;
    const found = await findChoices(user, search, patients);
    const { path, app, redirectUri } = step;
    const view = { path, app, user: user.name, ...found, ...(search ? { search } : {}) };
    sendPage(res, pickerPage(view), { leadsTo: redirectUri });
  },
  consent: async (step, req, res, sources) => {
    const context = await foreseenContext(step, sources);
    if (!context) {
      await refuse(notForYou, req, res, sources);
      return;
    }
    if (step.isTrusted) {
      await finish(step, step.scopes, { req, res }, sources);
      return;
    }
    const user = userOf(step);
    const patient = await patientName(user, context.patient, sources.patients);
    const whose = context.role === 'patient' ? 'your' : `${patient ?? 'the patient'}’s`;
    const page = consentPage({
      ...step,
      user: user.name,
      items: itemsOf(step, sources, whose),
      ...(patient === undefined ? {} : { patient }),
    });
    sendPage(res, page, { leadsTo: step.redirectUri });
  },
};

/** A grant for the launch or patient, looked at before it is given. */
const foreseenContext = async (
  step: Step,
  { records, patients }: InteractionSources,
): Promise<SettledContext | undefined> => {
  const launch = step.launch === undefined ? {} : await findLaunch(records, step.launch);
  const { patient } = step;
  const chosen = patient === undefined ? {} : { patient };
  return launch && settleContext(launch, { user: userOf(step), ...chosen }, patients);
};

const patientName = async (
  user: User,
  id: string | undefined,
  patients: Patients,
): Promise<string | undefined> => {
  const choice = id === undefined ? undefined : await patients.choose(user, id);
  return choice && nameOf(choice.patient);
};

const itemsOf = (
  { scopes }: Step,
  { rules }: InteractionSources,
  whose: string,
): readonly ConsentItem[] =>
  consentItems(
    scopes.filter((scope) => !isImplied(scope)),
    rules,
    whose,
  );

const userOf = ({ user }: Step): User => {
  if (!user) throw new errors.SessionNotFound('the user may no longer sign in');
  return user;
};

const readSearch = (req: Request): Readonly<Record<SearchField, string>> => {
  const text = (name: SearchField): string => {
    const value = req.query[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  return { name: text('name'), identifier: text('identifier'), birthdate: text('birthdate') };
};

/** People see whom they may choose; staff see nobody until they search. */
const findChoices = async (
  user: User,
  search: Readonly<Record<SearchField, string>> | undefined,
  patients: Patients,
): Promise<{
  readonly choices: readonly PatientChoice[];
  readonly errors?: readonly { readonly text: string }[];
}> => {
  if (!search) return { choices: await patients.ownOf(user) };
  const query = Object.entries(search).filter(([, value]) => value !== '');
  if (query.length === 0) return { choices: [] };
  try {
    return { choices: await patients.search(user, query) };
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    return { choices: [], errors: [{ text: error.message }] };
  }
};

const choosePatient = async (
  step: Step,
  req: Request,
  res: Response,
  { provider, patients }: InteractionSources,
): Promise<void> => {
  const id = (req.body as { readonly patient?: unknown } | undefined)?.patient;
  const choice = typeof id === 'string' ? await patients.choose(userOf(step), id) : undefined;
  if (step.prompt !== 'smart_context' || !choice) {
    res.redirect(303, step.path);
    return;
  }
  await provider.interactionFinished(req, res, { smart_context: { patient: choice.id } });
};

const consent = async (
  step: Step,
  req: Request,
  res: Response,
  sources: InteractionSources,
): Promise<void> => {
  if (step.prompt !== 'consent') {
    res.redirect(303, step.path);
    return;
  }
  const { scope = [] } = (req.body ?? {}) as { readonly scope?: string | readonly string[] };
  const ticked = readTicked(itemsOf(step, sources, ''), new Set([scope].flat()));
  if (ticked.length === 0) await refuse('The user allowed nothing.', req, res, sources);
  else await finish(step, [...step.scopes.filter(isImplied), ...ticked], { req, res }, sources);
};

interface Exchange {
  readonly req: Request;
  readonly res: Response;
}

const finish = async (
  step: Step,
  scopes: readonly string[],
  { req, res }: Exchange,
  sources: InteractionSources,
): Promise<void> => {
  const { details, client, launch, patient } = step;
  const chosen = {
    ...(launch === undefined ? {} : { launch }),
    ...(patient === undefined ? {} : { patient }),
  };
  const grantId = await grantConsent({ user: userOf(step), client, scopes, ...chosen }, sources);
  if (grantId === undefined) {
    await refuse(notForYou, req, res, sources);
    return;
  }
  // What was ticked takes the place of what was asked: the library would ask again for what is missing, and drop what is finer.
  details.params['scope'] = scopes.join(' ');
  await details.persist();
  await sources.provider.interactionFinished(req, res, { consent: { grantId } });
};

const notForYou = 'The launch has ended, or this user may not open this record.';

const refuse = async (
  reason: string,
  req: Request,
  res: Response,
  { provider }: InteractionSources,
): Promise<void> => {
  const result = { error: 'access_denied', error_description: reason };
  await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
};

const answerExpired: ErrorRequestHandler = (error, _req, res, next) => {
  if (error instanceof errors.SessionNotFound) sendPage(res, expiredPage, { status: 400 });
  else next(error);
};
