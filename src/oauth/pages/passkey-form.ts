// Passkey form: a button that shows itself where the browser can use passkeys; the answer is posted as a form field.

import { html, type Html } from './html.ts';

export interface PasskeyForm {
  readonly kind: 'get' | 'create';
  /** Where the answer is posted; below it, `/options` gives what the browser needs. */
  readonly action: string;
  readonly label: string;
  readonly style: 'first' | 'second';
}

export const passkeyForm = ({ kind, action, label, style }: PasskeyForm): Html =>
  html`<form
    method="post"
    action="${action}"
    data-passkey="${kind}"
    data-options="${action}/options"
    hidden
  >
    <input type="hidden" name="answer" value="" />
    <p class="field-error" role="alert"></p>
    <button class="full ${style}" type="submit">${label}</button>
  </form>`;

export const passkeyScripts = ['webauthn.js', 'passkey.js'] as const;
