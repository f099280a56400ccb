// Consent items: the scopes of a request as the questions a person is asked, each of which can be refused or narrowed.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html

import { isContextScope, type ScopeRules } from './scope-rules.ts';
import { finerChoices } from './finer-choices.ts';

export interface ConsentItem {
  /** What is granted when it is ticked. */
  readonly scopes: readonly string[];
  readonly text: string;
  readonly hint?: string;
  /** Parts of it that can be granted instead. */
  readonly choices: readonly { readonly scope: string; readonly text: string }[];
}

/** As a form names it. */
export const valueOf = ({ scopes }: Pick<ConsentItem, 'scopes'>): string => scopes.join(' ');

export const consentItems = (
  scopes: readonly string[],
  rules: ScopeRules,
  whose: string,
): readonly ConsentItem[] => [
  ...contextItems
    .map((item) => ({ ...item, scopes: item.scopes.filter((scope) => scopes.includes(scope)) }))
    .filter((item) => item.scopes.length > 0),
  ...scopes
    .filter((scope) => !isContextScope(scope))
    .map((scope) => ({
      scopes: [scope],
      text: rules.describe(scope, whose),
      choices: finerChoices(scope, rules),
    })),
];

/** What the form grants: of each item the parts that were ticked, else all of it; whatever else was sent is nothing. */
export const readTicked = (
  items: readonly ConsentItem[],
  sent: ReadonlySet<string>,
): readonly string[] =>
  items.flatMap((item) => {
    // Who ticks a part means that part, also where the tick of the whole was left standing.
    const parts = item.choices.map(({ scope }) => scope).filter((scope) => sent.has(scope));
    if (parts.length > 0) return parts;
    return sent.has(valueOf(item)) ? item.scopes : [];
  });

/** These ask for nothing of their own: which record it is was chosen on the page before, or by the EHR. */
export const isImplied = (scope: string): boolean =>
  scope === 'launch' || scope.startsWith('launch/');

const contextItems: readonly ConsentItem[] = [
  {
    scopes: ['openid', 'fhirUser', 'profile'],
    text: 'Know who you are',
    hint: 'Your name and which record or staff entry is yours.',
    choices: [],
  },
  {
    scopes: ['offline_access'],
    text: 'Keep this access when you are not using the app',
    hint: 'It lasts until you end it in your account, or until the app has not used it for 100 days.',
    choices: [],
  },
  {
    scopes: ['online_access'],
    text: 'Keep this access while you are signed in here',
    choices: [],
  },
];
