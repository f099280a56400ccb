// The page on which signing in begins: user name and password, a passkey, or the hospital's own sign-in.

import { oauthMount } from './assets.ts';
import { field } from './fields.ts';
import { html, type Html } from './html.ts';
import type { Page, PageError } from './layout.ts';
import { passkeyForm, passkeyScripts } from './passkey-form.ts';

export interface SignInView {
  /** `/oauth/interaction/<uid>` */
  readonly base: string;
  readonly uid: string;
  /** The app's name, as it was registered. */
  readonly client?: string | undefined;
  readonly username?: string | undefined;
  readonly hospitals: readonly Hospital[];
  readonly errors?: readonly PageError[];
  readonly notice?: string;
}

export interface Hospital {
  readonly id: string;
  readonly name: string;
}

export const signInPage = (view: SignInView): Page => ({
  title: 'Sign in',
  scripts: passkeyScripts,
  ...(view.errors ? { errors: view.errors } : {}),
  ...(view.notice === undefined ? {} : { notice: view.notice }),
  body: html`${
      view.client !== undefined &&
      html`<p class="lead">to continue to <strong>${view.client}</strong></p>`
    }
    <form method="post" action="${view.base}/login">
      ${field(
        {
          ...{ name: 'username', label: 'User name', autocomplete: 'username' },
          ...(view.username === undefined ? {} : { value: view.username }),
        },
        view.errors,
      )}
      ${field(
        {
          ...{ name: 'password', label: 'Password', type: 'password' },
          autocomplete: 'current-password',
        },
        view.errors,
      )}
      <button class="full" type="submit">Sign in</button>
    </form>
    <ul class="links">
      <li><a href="${oauthMount}/forgotten?from=${view.uid}">Forgotten your password?</a></li>
      <li><a href="${oauthMount}/sign-up?from=${view.uid}">New here? Register</a></li>
    </ul>
    <p class="or" data-with-passkey ${view.hospitals.length === 0 && html`hidden`}>
      <span>or</span>
    </p>
    <div class="stack">
      ${passkeyForm({
        ...{ kind: 'get', action: `${view.base}/passkey`, label: 'Use a passkey', style: 'second' },
      })}
      ${hospitals(view)}
    </div>
    <form method="post" action="${view.base}/cancel">
      <button class="plain" type="submit">Cancel and go back to the app</button>
    </form>`,
});

/** Links, because a form could not lead to another site; many are folded away. */
const hospitals = (view: SignInView): Html =>
  view.hospitals.length > 4
    ? html`<details>
        <summary>Sign in with your hospital</summary>
        <div class="stack">${hospitalLinks(view)}</div>
      </details>`
    : hospitalLinks(view);

const hospitalLinks = ({ base, hospitals: all }: SignInView): Html =>
  html`${all.map(
    ({ id, name }) =>
      html`<a class="button second" href="${base}/federated/${encodeURIComponent(id)}"
        >Sign in with ${name}</a
      >`,
  )}`;

/** After a user name of a hospital's own domain was typed. */
export const homePage = (base: string, hospital: Hospital): Page => ({
  title: `Sign in at ${hospital.name}`,
  body: html`<p>
      People of ${hospital.name} sign in with the password they have there. Do not type it anywhere
      else.
    </p>
    <p>
      <a class="button full" href="${base}/federated/${encodeURIComponent(hospital.id)}"
        >Continue to ${hospital.name}</a
      >
    </p>
    <ul class="links">
      <li><a href="${base}/login">Back</a></li>
    </ul>`,
});
