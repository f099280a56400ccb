// Scope rules: which scopes this server grants, to whom, and which of them say something about the context instead of rights.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html

import { describeScope } from '../access/scopes/describe.ts';
import { parseScope } from '../access/scopes/parse.ts';
import { isWithin } from '../access/scopes/within.ts';
import type { Definitions } from '../fhir/definitions/types.ts';

export interface ScopeRules {
  /** Whether this server understands all of the scope: its type, rights and query. */
  readonly isKnown: (scope: string) => boolean;
  /** Whether what the first gives, the second gives, too. */
  readonly isWithin: (scope: string, wider: string) => boolean;
  /** One sentence in plain words; `whose` is `your`, or `Ben Rao’s`. */
  readonly describe: (scope: string, whose: string) => string;
}

export const createScopeRules = (definitions: Definitions): ScopeRules => {
  const parse = (scope: string) => parseScope(scope, definitions);
  return {
    isKnown: (scope) => parse(scope) !== undefined,
    isWithin: (scope, wider) => {
      const [asked, allowed] = [parse(scope), parse(wider)];
      return asked !== undefined && allowed !== undefined && isWithin(asked, [allowed]);
    },
    describe: (text, whose) => {
      const scope = parse(text);
      if (!scope) return text;
      return describeScope(scope, scope.context === 'patient' ? whose : '').sentence;
    },
  };
};

/** Scopes of OpenID and of SMART's launch; all others are about resources. */
export const contextScopes = [
  'openid',
  'fhirUser',
  'profile',
  'launch',
  'launch/patient',
  'launch/encounter',
  'offline_access',
  'online_access',
] as const;

const known: ReadonlySet<string> = new Set(contextScopes);

export const isContextScope = (scope: string): boolean => known.has(scope);

export const splitScope = (text: string | undefined): readonly string[] => [
  ...new Set((text ?? '').split(' ').filter((scope) => scope !== '')),
];

/** "Granting patient/… SHALL establish a patient context." */
export const needsPatient = (scopes: readonly string[]): boolean =>
  scopes.some((scope) => scope === 'launch/patient' || scope.startsWith('patient/'));

export type Party = 'person' | 'system';

/** The part of a request that this client may have, for a person who signs in or for itself. */
export const grantable = (
  asked: readonly string[],
  client: object,
  party: Party,
  rules: ScopeRules,
): readonly string[] => {
  const { smart_scope: limit } = client as { readonly smart_scope?: unknown };
  const allowed = typeof limit === 'string' ? splitScope(limit) : undefined;
  // A system client gets what it was registered for; an app that is not limited is limited by who lets it in.
  if (party === 'system' && allowed === undefined) return [];
  return asked.filter((scope) => isFor(scope, party, rules) && isAllowed(scope, allowed, rules));
};

const isFor = (scope: string, party: Party, rules: ScopeRules): boolean => {
  if (isContextScope(scope)) return party === 'person';
  return scope.startsWith('system/') === (party === 'system') && rules.isKnown(scope);
};

const isAllowed = (
  scope: string,
  allowed: readonly string[] | undefined,
  rules: ScopeRules,
): boolean =>
  allowed === undefined ||
  allowed.some((wider) =>
    isContextScope(scope) || isContextScope(wider)
      ? scope === wider
      : rules.isKnown(wider) && rules.isWithin(scope, wider),
  );
