// The pages of the second factor: proving it, setting it up, and the recovery codes.

import { field } from './fields.ts';
import { html, trusted, type Html } from './html.ts';
import type { Page, PageError } from './layout.ts';
import { passkeyForm, passkeyScripts } from './passkey-form.ts';

export interface FactorView {
  readonly base: string;
  readonly hasTotp: boolean;
  readonly hasPasskey: boolean;
  readonly errors?: readonly PageError[];
}

export const factorPage = ({ base, hasTotp, hasPasskey, errors = [] }: FactorView): Page => ({
  title: 'Confirm that it is you',
  errors,
  scripts: passkeyScripts,
  body: html`${
      hasPasskey &&
      html`${passkeyForm({ kind: 'get', action: `${base}/factor/passkey`, label: 'Use your passkey', style: 'first' })}
        <p class="or" data-with-passkey hidden><span>or</span></p>`
    }
    <form method="post" action="${base}/factor">
      ${field(
        {
          ...{
            name: 'code',
            label: hasTotp ? 'Code' : 'Recovery code',
            autocomplete: 'one-time-code',
          },
          ...(hasTotp ? { style: 'code' } : {}),
          hint: hasTotp
            ? 'The six digits your authenticator app shows for Meridian.'
            : 'One of the codes you kept when you set up your passkey.',
        },
        errors,
      )}
      <button class="full" type="submit">Continue</button>
    </form>
    ${
      hasTotp &&
      html`<h2>Without your phone?</h2>
        <form method="post" action="${base}/factor">
          ${field({
            ...{ name: 'recovery', label: 'Recovery code', autocomplete: 'off' },
            hint: 'One of the ten codes you kept. Each works once.',
          })}
          <button class="second" type="submit">Use a recovery code</button>
        </form>`
    }
    ${startAgain(base)}`,
});

export interface EnrolView {
  /** The forms of this page are posted below it. */
  readonly base: string;
  readonly qr: string;
  /** The secret in groups of four. */
  readonly shown: string;
  readonly reason: 'required' | 'chosen';
  readonly errors?: readonly PageError[];
  readonly signedInAs?: string;
}

export const enrolPage = (view: EnrolView): Page => ({
  title: 'Set up a second step',
  scripts: passkeyScripts,
  errors: view.errors ?? [],
  ...(view.signedInAs === undefined ? {} : { signedInAs: view.signedInAs }),
  body: html`<p class="lead">
      ${
        view.reason === 'required'
          ? 'Staff confirm each sign-in with a second step, so that a stolen password opens no patient’s record.'
          : 'With a second step, a stolen password alone does not open your account.'
      }
    </p>
    <div data-with-passkey hidden>
      <h2>With this device</h2>
      <p>A passkey uses your fingerprint, your face or the device’s PIN. It is the quickest way.</p>
    </div>
    ${passkeyForm({ kind: 'create', action: `${view.base}/passkey`, label: 'Create a passkey', style: 'first' })}
    <h2>With an authenticator app</h2>
    <p>Scan this with the app on your phone, then type the six digits it shows.</p>
    <div class="qr" role="img" aria-label="QR code with the key below">${trusted(view.qr)}</div>
    <p class="hint">
      If you cannot scan it, type this key into the app: <code>${view.shown}</code>
    </p>
    <form method="post" action="${view.base}">
      ${field(
        { ...{ name: 'code', label: 'Code', autocomplete: 'one-time-code', style: 'code' } },
        view.errors,
      )}
      <button type="submit" class="full">Confirm</button>
    </form>
    ${view.reason === 'required' ? startAgain(view.base.replace(/\/enrol$/, '')) : toAccount}`,
});

export interface CodesView {
  readonly codes: readonly string[];
  /** Where the person says that they are kept. */
  readonly action: string;
  readonly signedInAs?: string;
}

export const recoveryCodesPage = ({ codes, action, signedInAs }: CodesView): Page => ({
  title: 'Keep your recovery codes',
  ...(signedInAs === undefined ? {} : { signedInAs }),
  body: html`<p>
      If you lose your phone or device, each of these codes lets you in once. Print them or put them
      in your password manager. They are shown only now.
    </p>
    <ul class="codes">
      ${codes.map((code) => html`<li>${code}</li>`)}
    </ul>
    <form method="post" action="${action}">
      <button class="full" type="submit">I have kept them</button>
    </form>`,
});

const startAgain = (base: string): Html =>
  html`<ul class="links">
    <li><a href="${base}/restart">Sign in as somebody else</a></li>
  </ul>`;

const toAccount = html`<ul class="links">
  <li><a href="/oauth/account">Back to your account</a></li>
</ul>`;
