// Encounter page: which of the patient's visits the app is opened for, or none of them.

import type { Resource } from '../fhir/resource.ts';
import { html, type Html } from './pages/html.ts';
import type { Page } from './pages/layout.ts';

export interface EncounterView {
  /** Path of the interaction; the forms go below it. */
  readonly path: string;
  readonly app: string;
  /** Whose visits. */
  readonly patient: string;
  /** Newest first. */
  readonly encounters: readonly Resource[];
}

export const encounterPage = ({ path, app, patient, encounters }: EncounterView): Page => ({
  title: 'Which visit?',
  width: 'wide',
  body: html`<p class="lead">${app} can be opened for one visit of ${patient}.</p>
    <form method="post" action="${path}/encounter">
      <fieldset>
        <legend>Choose a visit</legend>
        <div class="stack">${encounters.map(choice)}</div>
      </fieldset>
      <div class="actions">
        <button class="second" type="submit" name="encounter" value="">For no visit</button>
      </div>
    </form>
    <form method="post" action="${path}/cancel">
      <div class="actions"><button class="second" type="submit">Cancel</button></div>
    </form>`,
});

const choice = (encounter: Resource): Html =>
  html`<button
    class="second person"
    type="submit"
    name="encounter"
    value="${String(encounter['id'])}"
  >
    <strong>${nameOf(encounter)}</strong>
    <span class="meta">${detailOf(encounter)}</span>
  </button> `;

interface Period {
  readonly start?: string;
  readonly end?: string;
}

interface Concept {
  readonly text?: string;
  readonly coding?: readonly { readonly display?: string; readonly code?: string }[];
}

const nameOf = (encounter: Resource): string => {
  const [type] = (encounter['type'] ?? []) as readonly Concept[];
  const kind = encounter['class'] as { readonly display?: string; readonly code?: string };
  const [coding] = type?.coding ?? [];
  return type?.text ?? coding?.display ?? kind.display ?? kind.code ?? 'Visit';
};

const detailOf = (encounter: Resource): string => {
  const period = encounter['period'] as Period | undefined;
  const provider = encounter['serviceProvider'] as { readonly display?: string } | undefined;
  const { start, end } = period ?? {};
  return [
    ...(start === undefined ? [] : [`from ${start.slice(0, 10)}`]),
    ...(end === undefined ? [] : [`to ${end.slice(0, 10)}`]),
    ...(provider?.display === undefined ? [] : [provider.display]),
    String(encounter['status']),
  ].join(', ');
};
