// deciding: which scopes of a token say what may be done with a type, and which contexts count for a role at all.

import type { Role } from '../caller.ts';
import type { Right } from '../permit.ts';
import type { Scope } from './scope.ts';

/** A wildcard speaks for every type: beside it the scopes of single types neither add nor take away. */
export const decidingScopes = (
  scopes: readonly Scope[],
  context: Scope['context'],
  type: string,
  right: Right,
): readonly Scope[] => {
  const speaking = scopes.filter(
    (scope) => scope.context === context && scope.rights.includes(right),
  );
  const wild = speaking.filter((scope) => scope.type === '*');
  return wild.length > 0 ? wild : speaking.filter((scope) => scope.type === type);
};

/** A system has nobody in view, and only a system has scopes of its own. */
export const contextsOf = (role: Role): readonly Scope['context'][] =>
  role === 'system' || role === 'network' ? ['system'] : ['patient', 'user'];
