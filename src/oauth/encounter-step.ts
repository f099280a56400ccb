// Encounter step: the step at which a person says for which visit of the patient the app is opened.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#requesting-context-with-scopes

import { encounterPage } from './encounter-page.ts';
import { userOf, type Exchange, type InteractionSources, type Step } from './interaction-step.ts';
import { sendPage } from './pages/send-page.ts';
import { nameOf } from './patient-name.ts';

/** Where there is no visit to choose, no page asks. */
export const showEncounters = async (
  step: Step,
  exchange: Exchange,
  sources: InteractionSources,
): Promise<void> => {
  const { patients, report } = sources;
  const user = userOf(step);
  const choice = await patients.choose(user, step.patient ?? '');
  const encounters = choice ? await patients.encountersOf(user, choice) : [];
  if (!choice || encounters.length === 0) {
    await choose(step, '', exchange, sources);
    return;
  }
  const { path, app, client, redirectUri } = step;
  const address = exchange.req.ip === undefined ? {} : { address: exchange.req.ip };
  // Visits are shown to a person: the audit hears of it before.
  await report({ kind: 'patient-search', user: user.id, client, patient: choice.id, ...address });
  const page = encounterPage({ path, app, patient: nameOf(choice.patient), encounters });
  sendPage(exchange.res, page, { leadsTo: redirectUri });
};

/** Goes on with the encounter, or shows the page again when this user may not choose it. */
export const chooseEncounter = async (
  step: Step,
  exchange: Exchange,
  sources: InteractionSources,
): Promise<void> => {
  const { encounter } = (exchange.req.body ?? {}) as { readonly encounter?: unknown };
  const mayChoose =
    step.prompt === 'smart_context' &&
    step.patient !== undefined &&
    typeof encounter === 'string' &&
    (encounter === '' || (await isSeen(step, encounter, sources)));
  if (mayChoose) await choose(step, encounter, exchange, sources);
  else exchange.res.redirect(303, step.path);
};

const isSeen = async (
  step: Step,
  encounter: string,
  { patients }: InteractionSources,
): Promise<boolean> => {
  const user = userOf(step);
  const choice = await patients.choose(user, step.patient ?? '');
  return choice !== undefined && patients.seesEncounter(user, choice, encounter);
};

/** '' for none. */
const choose = async (
  { patient }: Step,
  encounter: string,
  { req, res }: Exchange,
  { provider }: InteractionSources,
): Promise<void> => {
  await provider.interactionFinished(req, res, { smart_context: { patient, encounter } });
};
