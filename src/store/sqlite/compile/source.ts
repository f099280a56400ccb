// source: where the resources for which one leaf of a plan holds can be found by an index.

import type { Leaf } from '../../../search/plan.ts';
import type { Source } from './arm.ts';
import {
  presentSource,
  rangeSource,
  referenceSource,
  stringSources,
  tokenSource,
  uriSource,
} from './entry-sources.ts';
import { custodianSource, idSource, typeSource, updatedSource } from './resource-sources.ts';
import type { Scope } from './scope.ts';

/** Ways to find the resources of a leaf, [] where no index helps. `types` are those the plan is about, when it says so. */
export const sourcesOf = (
  leaf: Leaf,
  types: readonly string[] | undefined,
  scope: Scope,
): readonly Source[] => {
  switch (leaf.op) {
    case 'type':
      return [typeSource(leaf.types, scope)];
    case 'id':
      return [idSource(leaf, types, scope)];
    case 'updated':
      return updatedSource(leaf, types, scope);
    case 'custodian':
      return [custodianSource(leaf.organizations, types, scope)];
    case 'present':
      return [presentSource(leaf.kind, leaf.params, scope)];
    case 'token':
      return tokenSource(leaf, scope);
    case 'string':
      return stringSources(leaf, scope);
    case 'reference':
      return [referenceSource(leaf, scope)];
    case 'uri':
      return [uriSource(leaf, scope)];
    case 'date':
    case 'number':
      return rangeSource(leaf, scope);
    case 'composite':
      return leaf.parts.flatMap((part) =>
        sourcesOf(part, types, scope).map((source) => ({ ...source, exact: false })),
      );
    case 'to':
    case 'from':
      return [];
  }
};
