// The pages on which a password is chosen: forgotten, reset, invited.

import { shortestPassword } from '../users/password-rules.ts';
import { oauthMount } from './assets.ts';
import { field, hidden } from './fields.ts';
import { html, type Html } from './html.ts';
import type { Page, PageError } from './layout.ts';

/** `from` is the interaction to go back to. */
export const forgottenPage = (
  from: string | undefined,
  errors: readonly PageError[] = [],
): Page => ({
  title: 'Forgotten your password?',
  errors,
  body: html`<p>
      We send a link or a code to the mail address or phone number that your hospital has of you.
    </p>
    <form method="post" action="${oauthMount}/forgotten">
      ${from !== undefined && hidden('from', from)}
      ${field({ name: 'username', label: 'User name or mail address', autocomplete: 'username' }, errors)}
      <button class="full" type="submit">Send it</button>
    </form>
    ${back(from)}`,
});

export interface SentView {
  /** The secret of this page, which a code is typed into. */
  readonly page: string;
  readonly from?: string | undefined;
  readonly errors?: readonly PageError[];
}

/** The same whether or not there is such an account. */
export const sentPage = ({ page, from, errors = [] }: SentView): Page => ({
  title: 'Look at your mail or phone',
  errors,
  body: html`<p>
      If there is an account of that name, a message is on its way to it. A mail has a link to
      follow; a text message has a code to type in here.
    </p>
    <form method="post" action="${oauthMount}/forgotten/code">
      ${hidden('page', page)} ${from !== undefined && hidden('from', from)}
      ${field(
        {
          ...{ name: 'code', label: 'Code', autocomplete: 'one-time-code', style: 'code' },
          hint: 'Eight digits; only if you got a text message.',
        },
        errors,
      )}
      <button class="full" type="submit">Continue</button>
    </form>
    <p class="hint">Nothing came? Look among unwanted mail, or ask your hospital’s desk.</p>
    ${back(from)}`,
});

export interface ChooseView {
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  readonly token: string;
  readonly username: string;
  readonly from?: string | undefined;
  readonly errors?: readonly PageError[];
}

export const choosePasswordPage = (view: ChooseView): Page => ({
  title: view.title,
  errors: view.errors ?? [],
  body: html`<p>${view.lead}</p>
    <form method="post" action="${view.action}">
      ${hidden('token', view.token)} ${view.from !== undefined && hidden('from', view.from)}
      <div class="field">
        <label for="username">User name</label>
        <input
          id="username"
          name="username"
          autocomplete="username"
          value="${view.username}"
          readonly
        />
      </div>
      ${newPassword(view.errors)}
      <button class="full" type="submit">Save the password</button>
    </form>`,
});

/** One field: whoever cannot see what they type has a password manager, or pastes. */
export const newPassword = (errors: readonly PageError[] = []): Html =>
  field(
    {
      ...{
        name: 'password',
        label: 'New password',
        type: 'password',
        autocomplete: 'new-password',
      },
      hint: `At least ${String(shortestPassword)} characters. A few words that do not belong together are best.`,
    },
    errors,
  );

export const doneWithPasswordPage = (title: string, from: string | undefined): Page => ({
  title,
  body: html`<p>You can sign in with your new password now.</p>
    <p><a class="button full" href="${signInAddress(from)}">Sign in</a></p>`,
});

export const oldLinkPage: Page = {
  title: 'This link does not work any more',
  body: html`<p>It was used already, or it is too old.</p>
    <ul class="links">
      <li><a href="${oauthMount}/forgotten">Ask for a new password</a></li>
      <li><a href="${oauthMount}/account">Sign in</a></li>
    </ul>
    <p class="hint">For a new invitation, ask whoever invited you.</p>`,
};

const back = (from: string | undefined): Html =>
  html`<ul class="links">
    <li><a href="${signInAddress(from)}">Back to sign in</a></li>
  </ul>`;

export const signInAddress = (from: string | undefined): string =>
  from === undefined ? `${oauthMount}/account` : `${oauthMount}/interaction/${from}`;
