// Layout: the frame of every sign-in page: language, title, skip link, error summary, main, help at the same place.
// https://www.w3.org/TR/WCAG22/

import { assetHref, oauthMount, type AssetName } from './assets.ts';
import { html, type Html } from './html.ts';

export interface Page {
  /** The heading of the page and, with the name of the product, its title. */
  readonly title: string;
  readonly body: Html;
  /** BCP 47; English unless said. */
  readonly lang?: string;
  /** What has to be put right, shown first and linked to the fields. */
  readonly errors?: readonly PageError[];
  /** A sentence above all else that is no error: 'Your password was changed.' */
  readonly notice?: string;
  /** Scripts the page can be used without. */
  readonly scripts?: readonly AssetName[];
  /** A list or table needs more room than a form. */
  readonly width?: 'form' | 'wide';
  /** Shown with a way to sign out. */
  readonly signedInAs?: string;
}

export interface PageError {
  readonly text: string;
  /** The id of the field it is about. */
  readonly field?: string;
}

export const layout = (page: Page): string =>
  html`<!doctype html>
    <html lang="${page.lang ?? 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="same-origin" />
        <title>${titleOf(page)}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${assetHref('style.css')}" />
        ${(page.scripts ?? []).map((name) => html`<script src="${assetHref(name)}" defer></script> `)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          <div class="top-inner">
            <span class="brand">${mark}<span>Meridian</span></span>
            ${page.signedInAs !== undefined && signedIn(page.signedInAs)}
          </div>
        </header>
        <main id="main" class="${page.width ?? 'form'}" tabindex="-1">
          ${summary(page.errors ?? [])}
          ${page.notice !== undefined && html`<p class="notice" role="status">${page.notice}</p>`}
          <h1>${page.title}</h1>
          ${page.body}
        </main>
        <footer class="foot">
          <p><a href="${oauthMount}/help">Help with signing in</a></p>
        </footer>
      </body>
    </html> `.markup;

// A screen reader says the title first, so it must tell at once that something was wrong.
const titleOf = ({ title, errors = [] }: Page): string =>
  `${errors.length > 0 ? 'Error: ' : ''}${title} – Meridian`;

const summary = (errors: readonly PageError[]): Html | false =>
  errors.length > 0 &&
  html`<div
    class="summary"
    id="errors"
    role="alert"
    aria-labelledby="errors-title"
    tabindex="-1"
    autofocus
  >
    <h2 id="errors-title">There is a problem</h2>
    <ul>
      ${errors.map(
        ({ text, field }) =>
          html`<li>${field === undefined ? text : html`<a href="#${field}">${text}</a>`}</li>`,
      )}
    </ul>
  </div>`;

const signedIn = (name: string): Html =>
  html`<nav class="who" aria-label="Account">
    <a href="${oauthMount}/account">${name}</a>
    <form method="post" action="${oauthMount}/account/sign-out">
      <button class="plain" type="submit">Sign out</button>
    </form>
  </nav>`;

const mark = html`<svg
  class="mark"
  viewBox="0 0 32 32"
  width="28"
  height="28"
  aria-hidden="true"
  focusable="false"
>
  <circle cx="16" cy="16" r="13" fill="none" stroke="currentColor" stroke-width="2.5" />
  <path
    d="M16 3c-9 8-9 18 0 26M16 3c9 8 9 18 0 26M3 16h6l2.5-5 4 10 3-7 1.5 2h9"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linejoin="round"
    stroke-linecap="round"
  />
</svg>`;
