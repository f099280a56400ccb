// Picker page: whose record the app is opened for: oneself and those one acts for, or a patient found by search.

import type { Resource } from '../fhir/resource.ts';
import type { PatientChoice } from './patients.ts';
import { html, type Html } from './pages/html.ts';
import type { Page, PageError } from './pages/layout.ts';
import { nameOf } from './patient-name.ts';

export interface PickerView {
  /** Path of the interaction; the forms go below it. */
  readonly path: string;
  readonly app: string;
  readonly user: string;
  readonly choices: readonly PatientChoice[];
  /** For staff: what was searched for; without it there is no search. */
  readonly search?: Readonly<Record<SearchField, string>>;
  readonly errors?: readonly PageError[];
}

export type SearchField = 'name' | 'identifier' | 'birthdate';

export const pickerPage = (view: PickerView): Page => ({
  title: 'Whose record?',
  width: 'wide',
  ...(view.errors ? { errors: view.errors } : {}),
  body: html`<p class="lead">
      You are signed in as ${view.user}. ${view.app} is opened for one person’s record.
    </p>
    ${view.search && searchForm(view.path, view.search)}
    ${view.choices.length > 0 ? list(view) : nobody(view)}
    <form method="post" action="${view.path}/cancel">
      <div class="actions">
        <button class="second" type="submit">Cancel</button>
      </div>
    </form>`,
});

const searchForm = (path: string, search: Readonly<Record<SearchField, string>>): Html =>
  html`<form method="get" action="${path}" role="search">
    ${fields.map(
      ([name, label, type]) =>
        html`<div class="field">
          <label for="${name}">${label}</label>
          <input
            id="${name}"
            name="${name}"
            type="${type}"
            value="${search[name]}"
            autocomplete="off"
          />
        </div> `,
    )}
    <div class="actions"><button type="submit">Search</button></div>
  </form>`;

const fields: readonly (readonly [SearchField, label: string, type: string])[] = [
  ['name', 'Name', 'text'],
  ['identifier', 'Health ID or hospital number', 'text'],
  ['birthdate', 'Date of birth', 'date'],
];

const list = ({ path, choices }: PickerView): Html =>
  html`<form class="apart" method="post" action="${path}/patient">
    <fieldset>
      <legend>Choose a person</legend>
      <div class="stack">${choices.map(choice)}</div>
    </fieldset>
  </form>`;

const choice = ({ id, patient, role }: PatientChoice): Html =>
  html`<button class="second person" type="submit" name="patient" value="${id}">
    <strong>${nameOf(patient)}</strong>
    <span class="meta">${detail(patient, role)}</span>
  </button> `;

const detail = (patient: Resource, role: string): string => {
  const born = patient['birthDate'];
  const parts = [
    ...(role === 'patient' ? ['you'] : role === 'proxy' ? ['you act for them'] : []),
    ...(typeof born === 'string' ? [`born ${born}`] : []),
    ...identifiersOf(patient),
  ];
  return parts.join(', ');
};

interface Numbered {
  readonly use?: string;
  readonly type?: { readonly text?: string };
  readonly value?: string;
}

/** The official one, which the card shows; otherwise the first that a hospital has given. */
const identifiersOf = (patient: Resource): readonly string[] => {
  const all = (patient['identifier'] ?? []) as readonly Numbered[];
  const { value, type } = all.find(({ use }) => use === 'official') ?? all[0] ?? {};
  return value === undefined ? [] : [`${type?.text ?? 'number'} ${grouped(value)}`];
};

/** A health ID as it stands on the card: 2-4-4-4. */
const grouped = (value: string): string =>
  value.replace(/^(\d{2})(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3-$4');

const nobody = ({ search, errors = [] }: PickerView): Html => {
  if (!search)
    return html`<p>
      There is no record that you may open. Ask your hospital to link your account to your record.
    </p>`;
  const isAsked = errors.length === 0 && Object.values(search).some((text) => text !== '');
  return isAsked
    ? html`<p role="status">Nobody was found. Check the spelling, or search by one field only.</p>`
    : html`<p class="hint">Search by any of the fields.</p>`;
};
