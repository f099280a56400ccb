// Own app step: who signs in to one of our apps and has no business there is told so, and shown where to go.

import { ownAppsOf, pathOf, type OwnApp } from '../access/own-apps.ts';
import type { User } from '../access/user.ts';
import type { Exchange, InteractionSources, Step } from './interaction-step.ts';
import { oauthMount } from './pages/assets.ts';
import { html, type Html } from './pages/html.ts';
import type { Page } from './pages/layout.ts';
import { sendPage } from './pages/send-page.ts';
import type { Patients } from './patients.ts';

/** Whether the page was sent that refuses. Before sign-in, and for apps that are not ours, there is nothing to refuse. */
export const refuseMisplaced = async (
  { prompt, user, own, path, redirectUri }: Step,
  { res }: Exchange,
  { patients }: InteractionSources,
): Promise<boolean> => {
  if (own === undefined || user === undefined || prompt === 'login') return false;
  if (await isFor(own, user, patients)) return false;
  const page = misplacedPage(own, user, path);
  sendPage(res, page, { status: 403, leadsTo: redirectUri });
  return true;
};

/** Staff are patients and parents, too: what counts is whether they have a record of their own or somebody's to care for. */
export const isFor = async (app: OwnApp, user: User, patients: Patients): Promise<boolean> =>
  app.roles.includes(user.role) ||
  (app.roles.includes('patient') && (await patients.ownOf(user)).length > 0);

const misplacedPage = (app: OwnApp, user: User, path: string): Page => ({
  title: `${app.name} is not for this account`,
  signedInAs: user.name,
  body: html`<p>${app.about} You are signed in as ${user.name}, and nothing was opened.</p>
    ${ownAppsOf(user).map(linkTo)}
    <p>
      To use another account,
      <a href="${oauthMount}/account">look at yours</a> and sign out first.
    </p>
    <form method="post" action="${path}/cancel">
      <div class="actions"><button class="second" type="submit">Go back</button></div>
    </form>`,
});

const linkTo = (app: OwnApp): Html =>
  html`<p><a class="button full" href="${pathOf(app)}">Open ${app.name}</a></p>`;
