// Workplace page: for which of their hospitals somebody opens the app.

import type { Workplace } from '../access/workplaces.ts';
import { html, type Html } from './pages/html.ts';
import type { Page } from './pages/layout.ts';

export interface WorkplaceView {
  /** Path of the interaction; the forms go below it. */
  readonly path: string;
  readonly app: string;
  readonly user: string;
  readonly workplaces: readonly Workplace[];
}

export const workplacePage = ({ path, app, user, workplaces }: WorkplaceView): Page => ({
  title: 'Which hospital?',
  width: 'wide',
  body: html`<p class="lead">
      You are signed in as ${user}. ${app} shows what one hospital keeps, and writes in its name.
    </p>
    ${workplaces.length > 0 ? list(path, workplaces) : none}
    <form method="post" action="${path}/cancel">
      <div class="actions"><button class="second" type="submit">Cancel</button></div>
    </form>`,
});

const list = (path: string, workplaces: readonly Workplace[]): Html =>
  html`<form method="post" action="${path}/workplace">
    <fieldset>
      <legend>For whom do you work now?</legend>
      <div class="stack">${workplaces.map(choice)}</div>
    </fieldset>
  </form>`;

const choice = ({ organization, name }: Workplace): Html =>
  html`<button class="second person" type="submit" name="organization" value="${organization}">
    <strong>${name}</strong>
  </button> `;

const none = html`<p role="status">
  Your work at the hospital you chose has ended. Cancel, and open the app again.
</p>`;
