// The permissions page: what somebody may do with which kinds of records, and by which rule and scopes.

import type { Explained, ExplainedRight } from '../../access/explain.ts';
import type { Kind } from '../../access/kinds.ts';
import { normalise } from '../../access/scopes/normalise.ts';
import type { Subject } from '../../access/subject.ts';
import { oauthMount } from './assets.ts';
import { html, type Html } from './html.ts';
import type { Page, PageError } from './layout.ts';

export interface PermissionsView {
  /** Who looks. */
  readonly name: string;
  /** Absent when whom was asked for is not there. */
  readonly subject?: Subject;
  readonly rows?: readonly Explained[];
  /** Undefined for who is no administrator, and is not asked. */
  readonly asked: Asked | undefined;
  readonly errors?: readonly PageError[];
}

/** What an administrator fills in. */
export interface Asked {
  readonly user: string;
  readonly client: string;
}

export const permissionsPage = (view: PermissionsView): Page => ({
  title: 'What may be done, and why',
  width: 'wide',
  signedInAs: view.name,
  errors: view.errors ?? [],
  body: html`${view.asked && form(view.asked)}
  ${view.subject && told(view.subject, view.rows ?? [])}`,
});

const told = (subject: Subject, rows: readonly Explained[]): Html =>
  html`${whom(subject)}
  ${
    rows.length === 0
      ? html`<p>Nothing: no scope gives a right within the role's reach.</p>`
      : groupsOf(rows).map(groupSection)
  }`;

const form = ({ user, client }: Asked): Html =>
  html`<form method="get" action="${oauthMount}/permissions">
    <div class="field">
      <label for="user">User name</label>
      <input id="user" name="user" value="${user}" autocomplete="off" />
    </div>
    <div class="field">
      <label for="client">App (client_id)</label>
      <input id="client" name="client" value="${client}" autocomplete="off" />
    </div>
    <div class="actions"><button class="second" type="submit">Show</button></div>
  </form>`;

const whom = ({ role, user, client, fhirUser, organization, scopes }: Subject): Html =>
  html`<p class="lead">
      ${[
        `Role: ${role}`,
        user !== undefined && `user ${user}`,
        fhirUser,
        organization !== undefined && `for ${organization}`,
        client !== undefined && `through the app ${client}`,
      ]
        .filter((part) => part !== undefined && part !== false)
        .join(', ')}
    </p>
    <p class="meta">Scopes: ${scopes.join(' ') || 'none'}</p>`;

/** Types with the same rule and the same rights are told together. */
interface Group {
  readonly first: Explained;
  readonly types: readonly string[];
}

const groupsOf = (rows: readonly Explained[]): readonly Group[] =>
  [...Map.groupBy(rows, groupKey).values()].map((alike) => ({
    first: alike[0]!,
    types: alike.map(({ type }) => type),
  }));

const groupKey = ({ line, kind, rights }: Explained): string =>
  JSON.stringify([line, kind, rights.map(({ right, reach }) => [right, reach])]);

const groupSection = ({ first, types }: Group): Html =>
  html`<h2>${kindWords[first.kind]}</h2>
    <p class="meta">${types.join(', ')} (rule “${first.line}”)</p>
    <ul class="list">
      ${first.rights.map((right) => rightRow(right, first.elements))}
    </ul>`;

const rightRow = (
  { right, reach, scopes }: ExplainedRight,
  elements: readonly string[] | undefined,
): Html =>
  html`<li>
    <div>
      <h3>${rightWords[right]}</h3>
      <p>${reach.join('; ')}</p>
      ${right === 'update' && elements && html`<p>Only: ${elements.join(', ')}</p>`}
      <p class="meta">By ${[...new Set(scopes.map(normalise))].join(' ')}</p>
    </div>
  </li>`;

const rightWords: Readonly<Record<ExplainedRight['right'], string>> = {
  create: 'Add',
  read: 'Read',
  update: 'Change',
  delete: 'Delete',
  search: 'Search',
};

const kindWords: Readonly<Record<Kind, string>> = {
  directory: 'Directory: staff, organizations, places, schedules',
  knowledge: 'Definitions, terminology, medicines as such',
  identity: 'Patients',
  demographics: 'Related persons',
  appointment: 'Appointments',
  coverage: 'Insurance',
  billing: 'Bills and claims',
  dispensing: 'Prescriptions and medicines handed out',
  message: 'Messages and tasks',
  consent: 'Consents',
  audit: 'Who has looked at what',
  provenance: 'Who has written what',
  attachment: 'Files',
  subscription: 'Subscriptions',
  clinical: 'Health records',
};
