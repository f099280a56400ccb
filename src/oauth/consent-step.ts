// Consent step: shows what the app asks for, and makes of what was ticked the grant.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html

import type { User } from '../access/user.ts';
import { wasAllowedBefore } from './allowed-before.ts';
import { consentItems, isImplied, readTicked, type ConsentItem } from './consent-items.ts';
import { consentPage } from './consent-page.ts';
import { grantConsent, settleContext, type SettledContext } from './consent.ts';
import { userOf, type Exchange, type InteractionSources, type Step } from './interaction-step.ts';
import { findLaunch } from './launches.ts';
import { sendPage } from './pages/send-page.ts';
import { nameOf } from './patient-name.ts';
import type { Patients } from './patients.ts';

/** What is part of this server goes on without a page, and so does an app that was allowed before. No other app can. */
export const showConsent = async (
  step: Step,
  exchange: Exchange,
  sources: InteractionSources,
): Promise<void> => {
  const context = await foreseenContext(step, sources);
  if (!context) await refuse(notForYou, exchange, sources);
  else if (step.isOurs || (await wasAllowedBefore(step, sources)))
    await finish(step, step.scopes, exchange, sources);
  else await sendConsentPage(step, context, exchange, sources);
};

export const readConsent = async (
  step: Step,
  { req, res }: Exchange,
  sources: InteractionSources,
): Promise<void> => {
  if (step.prompt !== 'consent') {
    res.redirect(303, step.path);
    return;
  }
  const { scope = [] } = (req.body ?? {}) as { readonly scope?: string | readonly string[] };
  const ticked = readTicked(itemsOf(step, sources, ''), new Set([scope].flat()));
  if (ticked.length === 0) await refuse('The user allowed nothing.', { req, res }, sources);
  else await finish(step, [...step.scopes.filter(isImplied), ...ticked], { req, res }, sources);
};

/** Ends the request: the app is told `access_denied`. */
export const refuse = async (
  reason: string,
  { req, res }: Exchange,
  { provider }: InteractionSources,
): Promise<void> => {
  const result = { error: 'access_denied', error_description: reason };
  await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
};

const notForYou = 'The launch has ended, or this user may not open this record.';

/** The context the grant would have; a launch is looked at, not used up. */
const foreseenContext = async (
  step: Step,
  { records, patients }: InteractionSources,
): Promise<SettledContext | undefined> => {
  const launch = step.launch === undefined ? {} : await findLaunch(records, step.launch);
  return launch && settleContext(launch, { user: userOf(step), ...chosenIn(step) }, patients);
};

const chosenIn = ({ patient, encounter, own }: Step) => ({
  ...(own === undefined ? {} : { roles: own.roles }),
  ...(patient === undefined ? {} : { patient }),
  ...(encounter === undefined ? {} : { encounter }),
});

const sendConsentPage = async (
  step: Step,
  context: SettledContext,
  { res }: Exchange,
  sources: InteractionSources,
): Promise<void> => {
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

const finish = async (
  step: Step,
  scopes: readonly string[],
  { req, res }: Exchange,
  sources: InteractionSources,
): Promise<void> => {
  const { details, client, launch } = step;
  const chosen = { ...(launch === undefined ? {} : { launch }), ...chosenIn(step) };
  const grantId = await grantConsent({ user: userOf(step), client, scopes, ...chosen }, sources);
  if (grantId === undefined) {
    await refuse(notForYou, { req, res }, sources);
    return;
  }
  // What was ticked takes the place of what was asked: the library would ask again for what is missing, and drop what is finer.
  details.params['scope'] = scopes.join(' ');
  await details.persist();
  await sources.provider.interactionFinished(req, res, { consent: { grantId } });
};
