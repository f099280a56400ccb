// Explain: what a caller may do with each type, and by which line of the decision table and which scopes. For people to read;
// the permit itself is made from the same tables.

import type { Definitions } from '../fhir/definitions/types.ts';
import type { Caller } from './caller.ts';
import { kindOf, type Kind } from './kinds.ts';
import type { Right } from './permit.ts';
import { createReach, type Reach, type Standing } from './reach.ts';
import { ruleOf, type Region } from './roles.ts';
import { contextsOf, decidingScopes } from './scopes/deciding.ts';
import { parseScopes } from './scopes/parse.ts';
import { letters, type Scope } from './scopes/scope.ts';

export interface Explained {
  readonly type: string;
  readonly kind: Kind;
  /** Of the role's rules: a kind, or the type itself. */
  readonly line: string;
  readonly rights: readonly ExplainedRight[];
  /** The only elements an update may change. */
  readonly elements?: readonly string[];
}

export interface ExplainedRight {
  readonly right: Right;
  /** Any of these, in words. */
  readonly reach: readonly string[];
  /** Any of these. */
  readonly scopes: readonly Scope[];
}

/** Types with which the caller may do nothing are left out. */
export const explainCaller = (
  caller: Standing & Pick<Caller, 'scopes'>,
  definitions: Definitions,
): readonly Explained[] => {
  const reach = createReach(caller, { definitions });
  const scopesFor = scopesOf(caller, reach, definitions);
  return definitions.resourceTypes.flatMap((type): Explained[] => {
    const kind = kindOf(type);
    const found = ruleOf(caller.role, type, kind);
    if (!found) return [];
    const { rule, line } = found;
    const rights = letters.flatMap(([, right]): ExplainedRight[] => {
      const regions = reach.regions(type, right);
      const scopes = scopesFor(type, right);
      if (regions.length === 0 || scopes.length === 0) return [];
      return [{ right, reach: regions.map((region) => regionWords[region]), scopes }];
    });
    if (rights.length === 0) return [];
    return [{ type, kind, line, rights, ...(rule.elements ? { elements: rule.elements } : {}) }];
  });
};

type ScopesFor = (type: string, right: Right) => readonly Scope[];

const scopesOf = (
  caller: Standing & Pick<Caller, 'scopes'>,
  reach: Reach,
  definitions: Definitions,
): ScopesFor => {
  const scopes = parseScopes(caller.scopes, definitions);
  const contexts = contextsOf(caller.role);
  return (type, right) => {
    // A file is read by the right to what refers to it, whatever type that is.
    if (type === 'Binary' && right === 'read' && reach.regions(type, right).includes('attached'))
      return scopes.filter(
        (scope) => contexts.includes(scope.context) && scope.rights.includes(right),
      );
    return contexts
      .filter((context) => context !== 'patient' || reach.inContext(type).op !== 'nothing')
      .flatMap((context) => decidingScopes(scopes, context, type, right));
  };
};

const regionWords: Readonly<Record<Region, string>> = {
  everything: 'all of them',
  'own record': 'those of the own record, or of the person one stands for',
  oneself: 'the person alone',
  'own contribution': 'of that record what the person has brought in',
  kept: 'those kept by the own organization',
  addressed: 'those addressed to the own organization or person',
  'patients in care':
    'patients kept by the own organization or with an encounter, episode or appointment there',
  'patients with prescriptions': 'patients with a prescription for the own organization',
  'patients with charges': 'patients with charges or insurance at the own organization',
  emergencies: 'emergencies to be reviewed',
  worklists: 'those kept by or addressed to the own organization or person, but no emergencies',
  attached: 'files that a resource one may read refers to',
  shared: 'those that a Consent shares with the own organization or person, or an emergency opens',
};
