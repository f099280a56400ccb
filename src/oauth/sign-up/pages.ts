// The pages on which a person registers by themself: who they are, the code they were sent, and what comes next.
// https://www.w3.org/TR/WCAG22/

import { ownApp, pathOf } from '../../access/own-apps.ts';
import { oauthMount } from '../pages/assets.ts';
import { field, hidden } from '../pages/fields.ts';
import { html, type Html } from '../pages/html.ts';
import type { Page, PageError } from '../pages/layout.ts';
import { newPassword, signInAddress } from '../pages/password-pages.ts';
import { genders, type SignUpForm } from './applicant.ts';

interface View {
  /** The interaction to go back to. */
  readonly from: string | undefined;
  readonly errors?: readonly PageError[];
}

export interface SignUpView extends View {
  /** As it was typed; the password is not shown again. */
  readonly typed?: SignUpForm;
}

export const signUpPage = ({ from, typed, errors = [] }: SignUpView): Page => ({
  title: 'Register',
  errors,
  body: html`<p>
      For patients. You get a health ID and an account, and your hospitals find you by it. Type your
      name and birth date as they stand in your papers.
    </p>
    <form method="post" action="${oauthMount}/sign-up">
      ${keep(from)} ${field(text('given', 'First and middle names', 'given-name', typed), errors)}
      ${field(
        {
          ...text('family', 'Family name', 'family-name', typed),
          ...{ hint: 'Leave it empty if you have one name alone.', need: 'optional' },
        },
        errors,
      )}
      ${birthDate(typed, errors)} ${sex(typed, errors)}
      ${field(
        {
          ...text('contact', 'Mobile number or mail address', 'username', typed),
          hint: 'We send a code to it. It becomes your user name. A number begins with + and the code of the country.',
        },
        errors,
      )}
      ${newPassword(errors)}
      <button class="full" type="submit">Send me a code</button>
    </form>
    ${back(from)}`,
});

export interface CodeView extends View {
  readonly ticket: string;
}

/** The same whether or not the address has an account. */
export const codePage = ({ ticket, from, errors = [] }: CodeView): Page => ({
  title: 'Look at your mail or phone',
  errors,
  body: html`<p>
      A message is on its way to the address you typed. The code in it shows that the address is
      yours.
    </p>
    ${codeForm({ action: 'code', hint: 'Eight digits.' }, { ticket, from, errors })}
    <p class="hint">Nothing came? Look among unwanted mail, or register again.</p>
    ${back(from)}`,
});

/** The same whether or not anybody alike is known. */
export const nextPage = ({ ticket, from, errors = [] }: CodeView): Page => ({
  title: 'We have your registration',
  errors,
  body: html`<p>A message tells you which of these it is:</p>
    <ul>
      <li>Your account is ready: sign in with your new password.</li>
      <li>
        If you are registered already, a code was sent to the phone or mail address that your
        hospital has of you. Type it in here.
      </li>
      <li>Otherwise we will get in touch with you, when somebody has looked at it.</li>
    </ul>
    <p><a class="button full" href="${goOn(from)}">Sign in</a></p>
    <h2>Were you sent a second code?</h2>
    ${codeForm(
      { action: 'link', hint: 'Eight digits; only if you are registered already.' },
      { ticket, from, errors },
    )}`,
});

export const linkedPage = (from: string | undefined): Page => ({
  title: 'Your account is ready',
  body: html`<p>It opens the record that your hospitals have of you.</p>
    <p><a class="button full" href="${goOn(from)}">Sign in</a></p>`,
});

const text = (
  name: 'given' | 'family' | 'contact',
  label: string,
  autocomplete: string,
  typed: SignUpForm | undefined,
) => ({
  ...{ name, label, autocomplete },
  ...(typed === undefined ? {} : { value: typed[name] }),
});

/** Back to the app that asked, else to that of patients. */
const goOn = (from: string | undefined): string =>
  from === undefined ? pathOf(ownApp('portal')!) : signInAddress(from);

const keep = (from: string | undefined): Html | false => from !== undefined && hidden('from', from);

/** Three fields, because no order of day and month is everybody's. */
const birthDate = (typed: SignUpForm | undefined, errors: readonly PageError[]): Html =>
  group(
    {
      ...{ id: 'birth-date', legend: 'Birth date', hint: 'For example 27 March 1985' },
      fields: ['day', 'year'],
    },
    errors,
    html`<div class="date">
      ${part('day', 'Day', 'bday-day', typed)}
      <div>
        <label for="month">Month</label>
        <select id="month" name="month" autocomplete="bday-month" required>
          <option value="">Choose</option>
          ${months.map(
            (name, at) =>
              html`<option value="${at + 1}" ${typed?.month === String(at + 1) && html`selected`}>
                ${name}
              </option>`,
          )}
        </select>
      </div>
      ${part('year', 'Year', 'bday-year', typed)}
    </div>`,
  );

const part = (
  name: 'day' | 'year',
  label: string,
  autocomplete: string,
  typed: SignUpForm | undefined,
): Html =>
  html`<div>
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      autocomplete="${autocomplete}"
      inputmode="numeric"
      maxlength="${name === 'day' ? 2 : 4}"
      required
      ${typed !== undefined && html`value="${typed[name]}"`}
    />
  </div>`;

const sex = (typed: SignUpForm | undefined, errors: readonly PageError[]): Html =>
  group(
    { id: 'sex', legend: 'Sex', fields: ['gender-female'] },
    errors,
    html`${[...genders].map(
      ([code, label]) =>
        html`<label class="choice" for="gender-${code}"
          ><input
            type="radio"
            id="gender-${code}"
            name="gender"
            value="${code}"
            autocomplete="sex"
            required
            ${typed?.gender === code && html`checked`}
          />${label}</label
        >`,
    )}`,
  );

interface Group {
  readonly id: string;
  readonly legend: string;
  readonly hint?: string;
  /** Faults about any of these are said at the group. */
  readonly fields: readonly string[];
}

const group = (
  { id, legend, hint, fields }: Group,
  errors: readonly PageError[],
  body: Html,
): Html => {
  const faults = errors.filter((error) => fields.includes(error.field ?? ''));
  const described = [hint && `${id}-hint`, faults.length > 0 && `${id}-error`].filter(Boolean);
  return html`<fieldset ${described.length > 0 && html`aria-describedby="${described.join(' ')}"`}>
    <legend>${legend}</legend>
    ${hint !== undefined && html`<p class="hint" id="${id}-hint">${hint}</p>`}
    ${
      faults.length > 0 &&
      html`<p class="field-error" id="${id}-error">${faults.map(({ text }) => text).join(' ')}</p>`
    }
    ${body}
  </fieldset>`;
};

const codeForm = (
  { action, hint }: { readonly action: 'code' | 'link'; readonly hint: string },
  { ticket, from, errors = [] }: CodeView,
): Html =>
  html`<form method="post" action="${oauthMount}/sign-up/${action}">
    ${hidden('ticket', ticket)} ${keep(from)}
    ${field(
      { name: 'code', label: 'Code', autocomplete: 'one-time-code', style: 'code', hint },
      errors,
    )}
    <button class="${action === 'code' ? 'full' : 'second full'}" type="submit">Continue</button>
  </form>`;

const back = (from: string | undefined): Html =>
  html`<ul class="links">
    <li><a href="${signInAddress(from)}">Back to sign in</a></li>
  </ul>`;

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
];
