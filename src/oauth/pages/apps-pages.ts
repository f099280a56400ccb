// Apps pages: which apps this server brings along, and what to do when one of them was not built.

import { ownApps, pathOf, type OwnApp } from '../../access/own-apps.ts';
import { oauthMount } from './assets.ts';
import { html, type Html } from './html.ts';
import type { Page } from './layout.ts';

export const appsPage = (): Page => ({
  title: 'Meridian',
  width: 'wide',
  body: html`<p class="lead">Health records that follow the person. Choose where to go in.</p>
    ${appLinks(ownApps)}
    <ul class="links">
      <li><a href="${oauthMount}/sign-up">Register as a patient</a></li>
      <li><a href="${oauthMount}/account">Your account</a></li>
      <li><a href="/verify">Check a health card</a></li>
    </ul>`,
});

/** Each with whom it is for. */
export const appLinks = (apps: readonly OwnApp[]): Html =>
  html`<ul class="list">
    ${apps.map(
      (app) =>
        html`<li>
          <div>
            <p><a href="${pathOf(app)}">${app.name}</a></p>
            <p class="meta">${app.about}</p>
          </div>
        </li>`,
    )}
  </ul>`;

export const notBuiltPage = ({ name }: OwnApp): Page => ({
  title: `${name} is not here yet`,
  body: html`<p>
      Its pages were not built. Whoever runs this server does that with
      <code>npm run build:apps</code>; <code>npm start</code> does it by itself.
    </p>
    <p><a class="button full" href="/apps">Other apps</a></p>`,
});
