// Authorize rules: what SMART asks of an authorization request besides OAuth: `aud`, `launch`, and a patient for patient scopes.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#obtain-authorization-code

import { errors, interactionPolicy, type Client, type KoaContextWithOIDC } from 'oidc-provider';
import type { RecordStore } from '../store/port.ts';
import { findUser } from './accounts.ts';
import { contextOf } from './grant-context.ts';
import { findLaunch } from './launches.ts';
import { needsPatient, splitScope } from './scope-rules.ts';
import { isForWork, type Workplaces } from './workplaces.ts';

/** Parameters of the request, each with its check; the checks run also when the parameter is absent. */
export const extraParameters = (fhirBase: string, records: RecordStore) => ({
  aud: (_ctx: KoaContextWithOIDC, value: string | undefined) => {
    if (value?.replace(/\/$/, '') !== fhirBase)
      throw new errors.InvalidRequest(`aud must be the address of the FHIR server: ${fhirBase}`);
  },
  launch: async (ctx: KoaContextWithOIDC, value: string | undefined, client: Client) => {
    const asked = splitScope(ctx.oidc.params?.['scope'] as string | undefined);
    if (value === undefined) {
      if (asked.includes('launch'))
        throw new errors.InvalidRequest('scope launch needs the parameter launch from the EHR');
      return;
    }
    const launch = await findLaunch(records, value);
    if (launch?.client !== client.clientId)
      throw new errors.InvalidRequest('the launch is not known, was used, or has expired');
  },
});

/**
 * Sign-in, then for whom a person works who works for several, then the choice of a patient where one is needed and none came with
 * the launch, then consent.
 */
export const interactionSteps = (records: RecordStore, workplaces: Workplaces) => {
  const steps = interactionPolicy.base();
  const workplaceCheck = new interactionPolicy.Check(
    'workplace_missing',
    'a hospital must be chosen',
    (ctx) => isUnplaced(ctx, records, workplaces),
  );
  const check = new interactionPolicy.Check(
    'patient_missing',
    'a patient must be chosen',
    async (ctx) => {
      const { params, result } = ctx.oidc;
      const { smart_context, consent } = (result ?? {}) as Chosen;
      // Consent has used the launch up, and settled whose record it is.
      const isSettled = smart_context !== undefined || consent !== undefined;
      if (isSettled || !needsPatient(splitScope(params?.['scope'] as string | undefined)))
        return false;
      const remembered = rememberedGrant(ctx);
      if (remembered !== undefined)
        return (await contextOf(records, remembered))?.patient === undefined;
      const id = params?.['launch'];
      const launch = typeof id === 'string' ? await findLaunch(records, id) : undefined;
      return launch?.patient === undefined;
    },
  );
  const encounterCheck = new interactionPolicy.Check(
    'encounter_missing',
    'an encounter must be chosen, or none',
    async (ctx) => {
      const { params, result } = ctx.oidc;
      const { smart_context, consent } = (result ?? {}) as Chosen;
      const isAsked = splitScope(params?.['scope'] as string | undefined).includes(
        'launch/encounter',
      );
      // An EHR says which encounter it is.
      if (!isAsked || params?.['launch'] !== undefined || consent !== undefined) return false;
      const remembered = rememberedGrant(ctx);
      if (remembered !== undefined)
        return (await contextOf(records, remembered))?.encounter === undefined;
      return smart_context?.encounter === undefined;
    },
  );
  const prompt = { name: 'smart_context', requestable: false };
  const workplace = { name: 'workplace', requestable: false };
  steps.add(new interactionPolicy.Prompt(workplace, workplaceCheck), 1);
  steps.add(new interactionPolicy.Prompt(prompt, check, encounterCheck), 2);
  return steps;
};

/** Asked at every launch: who opens the app again may mean another hospital. An EHR says itself where it is used. */
const isUnplaced = async (
  ctx: KoaContextWithOIDC,
  records: RecordStore,
  workplaces: Workplaces,
): Promise<boolean> => {
  const { params, result, session, client } = ctx.oidc;
  const { workplace, consent } = (result ?? {}) as Chosen;
  const user = session?.accountId && (await findUser(records, session.accountId));
  const scopes = splitScope(params?.['scope'] as string | undefined);
  if (!user || consent !== undefined || !isForWork(user, client?.clientId ?? '', scopes))
    return false;
  const launch = params?.['launch'];
  const opened = typeof launch === 'string' ? await findLaunch(records, launch) : undefined;
  if (opened?.organization !== undefined) return false;
  const remembered = rememberedGrant(ctx);
  const context = remembered === undefined ? undefined : await contextOf(records, remembered);
  const named = context ? (context.organization ?? user.organization) : workplace?.organization;
  return (await workplaces.settle(user, named)) === undefined;
};

/**
 * What this person allowed this app in this session counts where the app asks not to show a page (`prompt=none`): the patient is
 * then the one of that time. Else a person is asked, who may mean another patient; and an EHR opens the app for one.
 */
export const rememberedGrant = ({ oidc }: KoaContextWithOIDC): string | undefined => {
  const { prompt, launch } = oidc.params ?? {};
  if (prompt !== 'none' || launch !== undefined) return undefined;
  return oidc.session?.grantIdFor(oidc.client?.clientId ?? '');
};

/** What the picker hands to the steps after it. */
export interface Chosen {
  /** An encounter of '' is none, which was chosen. */
  readonly smart_context?: { readonly patient: string; readonly encounter?: string };
  readonly workplace?: { readonly organization: string };
  readonly consent?: object;
}

/** The library drops offline_access from a request that does not ask for consent; here consent is always asked for. */
export const askConsentForOffline = (
  query: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const { scope, prompt = '' } = query;
  if (typeof scope !== 'string' || typeof prompt !== 'string') return query;
  const prompts = splitScope(prompt);
  const isSettled = prompts.includes('none') || prompts.includes('consent');
  if (isSettled || !splitScope(scope).includes('offline_access')) return query;
  return { ...query, prompt: [...prompts, 'consent'].join(' ') };
};
