// The account page: password, second steps, where one is signed in, and which apps have access.

import type { OwnApp } from '../../access/own-apps.ts';
import { appLinks } from './apps-pages.ts';
import { oauthMount } from './assets.ts';
import { field, hidden } from './fields.ts';
import { html, type Html } from './html.ts';
import type { Page, PageError } from './layout.ts';
import { newPassword } from './password-pages.ts';

export interface AccountView {
  readonly name: string;
  readonly username: string;
  readonly hasPassword: boolean;
  readonly factors: readonly FactorRow[];
  readonly mayRemoveFactors: boolean;
  readonly sessions: readonly SessionRow[];
  readonly apps: readonly AppRow[];
  /** Those of ours that are for this user. */
  readonly ownApps: readonly OwnApp[];
  readonly idle: IdleWarning;
  readonly errors?: readonly PageError[];
  readonly notice?: string | undefined;
}

export interface FactorRow {
  readonly id: string;
  readonly label: string;
  readonly addedAt: string;
  readonly kind: 'totp' | 'passkey' | 'recovery';
}

export interface SessionRow {
  readonly since: string;
  readonly isThis: boolean;
}

export interface AppRow {
  readonly id: string;
  readonly name: string;
  /** What it may do, in the scopes' own words. */
  readonly scopes: string;
}

export interface IdleWarning {
  readonly idleSeconds: number;
  readonly warnSeconds: number;
}

const base = `${oauthMount}/account`;

export const accountPage = (view: AccountView): Page => ({
  title: 'Your account',
  width: 'wide',
  signedInAs: view.name,
  scripts: ['idle.js'],
  errors: view.errors ?? [],
  ...(view.notice === undefined ? {} : { notice: view.notice }),
  body: html`<p class="lead">Signed in as ${view.name} (${view.username}).</p>
    ${
      view.ownApps.length > 0 &&
      html`<h2>Where you can go</h2>
        ${appLinks(view.ownApps)}`
    }
    ${factors(view)} ${view.hasPassword && password(view)} ${apps(view)} ${sessions(view)}
    <p class="links"><a href="${oauthMount}/permissions">What you may do here, and why</a></p>
    ${idleDialog(view.idle)}`,
});

const factors = ({ factors: all, mayRemoveFactors }: AccountView): Html =>
  html`<h2>Second step at sign-in</h2>
    ${
      all.length === 0
        ? html`<p>
            There is none yet. With one, a stolen password alone does not open your account.
          </p>`
        : html`<ul class="list">
            ${all.map((row) => factorRow(row, mayRemoveFactors))}
          </ul>`
    }
    <p><a class="button second" href="${base}/factors/new">Add a second step</a></p>`;

const factorRow = ({ id, label, addedAt, kind }: FactorRow, mayRemove: boolean): Html =>
  html`<li>
    <div>
      <h3>${label}</h3>
      <p class="meta">Since ${addedAt}</p>
    </div>
    ${
      kind === 'recovery'
        ? html`<form method="post" action="${base}/factors/codes">
            <button class="second" type="submit">Make new codes</button>
          </form>`
        : mayRemove &&
          html`<form method="post" action="${base}/factors/remove">
            ${hidden('factor', id)}
            <button class="danger" type="submit" aria-label="Remove ${label}">Remove</button>
          </form>`
    }
  </li>`;

const password = ({ errors }: AccountView): Html =>
  html`<h2>Password</h2>
    <form method="post" action="${base}/password">
      ${field(
        {
          ...{ name: 'current', label: 'Current password', type: 'password' },
          autocomplete: 'current-password',
        },
        errors,
      )}
      ${newPassword(errors)}
      <button type="submit">Change the password</button>
    </form>`;

const apps = ({ apps: all }: AccountView): Html =>
  html`<h2>Apps with access</h2>
    ${
      all.length === 0
        ? html`<p>No app has access on your behalf.</p>`
        : html`<ul class="list">
            ${all.map(
              ({ id, name, scopes }) =>
                html`<li>
                  <div>
                    <h3>${name}</h3>
                    <p class="meta">${scopes}</p>
                  </div>
                  <form method="post" action="${base}/apps/revoke">
                    ${hidden('client', id)}
                    <button class="danger" type="submit" aria-label="Revoke the access of ${name}">
                      Revoke access
                    </button>
                  </form>
                </li>`,
            )}
          </ul>`
    }`;

const sessions = ({ sessions: all }: AccountView): Html =>
  html`<h2>Where you are signed in</h2>
    <ul class="list">
      ${all.map(
        ({ since, isThis }) =>
          html`<li>
            <div>
              <h3>${isThis ? 'This browser' : 'Another browser'}</h3>
              <p class="meta">Since ${since}</p>
            </div>
          </li>`,
      )}
    </ul>
    ${
      all.length > 1 &&
      html`<form method="post" action="${base}/sessions/end">
        <button class="second" type="submit">Sign out everywhere else</button>
      </form>`
    }`;

/** Shown by the script; without it the next click after the time asks to sign in again. */
const idleDialog = ({ idleSeconds, warnSeconds }: IdleWarning): Html =>
  html`<dialog
    aria-labelledby="idle-title"
    data-idle="${idleSeconds}"
    data-warn="${warnSeconds}"
    data-stay="${base}/stay"
    data-ended="${base}/ended"
  >
    <h2 id="idle-title">Are you still there?</h2>
    <p>
      For your safety you are about to be signed out, because nothing was done here for a while.
    </p>
    <button type="button">Stay signed in</button>
  </dialog>`;
