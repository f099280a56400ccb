// Workplace step: the step at which somebody who works for several hospitals says for which one they open the app.

import { refuse } from './consent-step.ts';
import { userOf, type Exchange, type InteractionSources, type Step } from './interaction-step.ts';
import { sendPage } from './pages/send-page.ts';
import { workplacePage } from './workplace-page.ts';

export const showWorkplaces = async (
  step: Step,
  { res }: Exchange,
  { workplaces }: InteractionSources,
): Promise<void> => {
  const user = userOf(step);
  const { path, app, redirectUri } = step;
  const page = workplacePage({ path, app, user: user.name, workplaces: await workplaces.of(user) });
  sendPage(res, page, { leadsTo: redirectUri });
};

/** Whether the app was told that this user does not work there, or no longer. */
export const refuseDisplaced = async (
  { isPlaced, prompt }: Step,
  exchange: Exchange,
  sources: InteractionSources,
): Promise<boolean> => {
  if (isPlaced || prompt === 'login' || prompt === 'workplace') return false;
  await refuse('The user does not work for this hospital.', exchange, sources);
  return true;
};

/** Goes on with the hospital, or shows the page again when this user does not work there. */
export const chooseWorkplace = async (
  step: Step,
  { req, res }: Exchange,
  { provider, workplaces }: InteractionSources,
): Promise<void> => {
  const { organization } = (req.body ?? {}) as { readonly organization?: unknown };
  const isTheirs =
    step.prompt === 'workplace' &&
    typeof organization === 'string' &&
    (await workplaces.settle(userOf(step), organization)) !== undefined;
  if (isTheirs) await provider.interactionFinished(req, res, { workplace: { organization } });
  else res.redirect(303, step.path);
};
