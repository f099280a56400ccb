// Fields: labelled inputs whose fault and hint are tied to them; they allow pasting and password managers.
// https://www.w3.org/WAI/WCAG22/Understanding/accessible-authentication-minimum

import { html, type Html } from './html.ts';
import type { PageError } from './layout.ts';

export interface Field {
  /** Id and name. */
  readonly name: string;
  readonly label: string;
  /** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill */
  readonly autocomplete: string;
  readonly type?: 'text' | 'password' | 'email';
  /** Digits bring up the keyboard of digits, large and evenly spaced. */
  readonly style?: 'code';
  readonly hint?: string;
  readonly value?: string;
  readonly need?: 'required' | 'optional';
}

export const field = (its: Field, errors: readonly PageError[] = []): Html => {
  const { name, label, hint, type = 'text', value } = its;
  const fault = errors.find((error) => error.field === name)?.text;
  const described = [hint && `${name}-hint`, fault && `${name}-error`].filter(Boolean).join(' ');
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
    ${fault !== undefined && html`<p class="field-error" id="${name}-error">${fault}</p>`}
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      autocomplete="${its.autocomplete}"
      ${its.need !== 'optional' && html`required`}
      maxlength="512"
      ${described !== '' && html`aria-describedby="${described}"`}
      ${fault !== undefined && html`aria-invalid="true"`}
      ${value !== undefined && html`value="${value}"`}
      ${its.style === 'code' && html`class="code" inputmode="numeric"`}
      ${type !== 'password' && html`autocapitalize="none" spellcheck="false"`}
    />
  </div>`;
};

export const hidden = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}" />`;
