// Consent page: what the app asks for in plain words, to be granted, narrowed or refused one by one.

import { valueOf, type ConsentItem } from './consent-items.ts';
import { html, type Html } from './pages/html.ts';
import type { Page } from './pages/layout.ts';

export interface ConsentView {
  /** Path of the interaction; the forms go below it. */
  readonly path: string;
  readonly app: string;
  readonly appSite?: string;
  readonly user: string;
  /** Name of the patient in context. */
  readonly patient?: string;
  readonly items: readonly ConsentItem[];
}

export const consentPage = (view: ConsentView): Page => ({
  title: `Allow ${view.app}?`,
  width: 'wide',
  body: html`<p class="lead">
      You are signed in as ${view.user}. ${whose(view)} Untick what you do not want to allow.
    </p>
    <form method="post" action="${view.path}/consent">
      <fieldset>
        <legend>${view.app} would be allowed to</legend>
        ${view.items.map(question)}
      </fieldset>
      ${site(view)}
      <div class="actions">
        <button type="submit">Allow what is ticked</button>
        <button class="second" type="submit" formaction="${view.path}/cancel">
          Refuse everything
        </button>
      </div>
    </form>`,
});

const whose = ({ patient }: ConsentView): Html =>
  patient === undefined ? html`` : html`It is about the record of <strong>${patient}</strong>.`;

const question = (item: ConsentItem, place: number): Html => {
  const id = `item-${String(place)}`;
  return html`<div class="item">
    <label class="choice" for="${id}">
      <input
        type="checkbox"
        id="${id}"
        name="scope"
        value="${valueOf(item)}"
        checked${item.hint === undefined ? html`` : html` aria-describedby="${id}-hint"`}
      />
      <span>${item.text}</span></label
    >
    ${item.hint !== undefined && html`<p class="hint" id="${id}-hint">${item.hint}</p>`}
    ${item.choices.length > 0 && parts(item, id)}
  </div> `;
};

const parts = ({ text, choices }: ConsentItem, id: string): Html =>
  html`<details>
    <summary>Only some of it</summary>
    <fieldset>
      <legend>Only what is ticked here, instead of “${text}”</legend>
      ${choices.map(
        (choice, place) =>
          html`<label class="choice" for="${id}-${place}">
            <input type="checkbox" id="${id}-${place}" name="scope" value="${choice.scope}" /><span
              >${choice.text}</span
            ></label
          > `,
      )}
    </fieldset>
  </details>`;

const site = ({ app, appSite }: ConsentView): Html | false =>
  appSite !== undefined &&
  html`<p class="hint">
    ${app} says its home is <a href="${appSite}" rel="noreferrer noopener">${appSite}</a>.
  </p>`;
