// Resolve: the Patient whose health ID or sharing handle somebody gave, found on behalf of the server, whatever the caller may see.

import type { Definitions } from '../fhir/definitions/types.ts';
import { survivorOf } from '../fhir/merged.ts';
import type { Resource } from '../fhir/resource.ts';
import { and, type Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';
import type { ResourceStore, Version } from '../store/port.ts';
import { looksLikeAlias, type Aliases, type FoundAlias } from './alias.ts';
import { readNumber } from './number.ts';

export type Resolution =
  /** `why` is arithmetic: it tells nothing of who is known. */
  | { readonly kind: 'malformed'; readonly why: string }
  | { readonly kind: 'unknown' }
  /** `patient` is the id of who remains after every merge, `version` that Patient as it is now. */
  | { readonly kind: 'known'; readonly patient: string; readonly version: Version };

/**
 * Takes a number as people write it, with dashes and spaces. Nothing of what it answers may reach a caller who may not see the
 * Patient; for the same reason a number that nobody has costs the same two look-ups.
 */
export type ResolveHealthId = (typed: string) => Promise<Resolution>;

export interface Resolving {
  readonly resources: Pick<ResourceStore, 'read' | 'search'>;
  readonly definitions: Definitions;
  /** The network's own identifier system. */
  readonly system: string;
  /** Absent where no handles are given out. */
  readonly aliases?: Pick<Aliases, 'find'>;
}

export const createResolve =
  ({ resources, definitions, system, aliases }: Resolving): ResolveHealthId =>
  async (typed) => {
    if (aliases && looksLikeAlias(typed)) return byAlias(await aliases.find(typed), resources);
    const reading = readNumber(typed);
    if (!reading.ok) return { kind: 'malformed', why: reading.fault };
    const params = valueParams('Patient', 'identifier', definitions);
    const plan = numbered({ params, system, code: reading.number });
    const { items } = await resources.search(plan, { sort: [], size: most });
    return resolutionOf(await survivorAmong(items, resources));
  };

const resolutionOf = (version: Version | undefined): Resolution =>
  version ? { kind: 'known', patient: version.id, version } : { kind: 'unknown' };

/** The Patient is looked for where there is none as well. */
const byAlias = async (
  found: FoundAlias,
  resources: Resolving['resources'],
): Promise<Resolution> => {
  if (found.kind === 'malformed') return found;
  const id = found.kind === 'known' ? found.patient : nobody;
  return resolutionOf(await survivorOfId(id, resources));
};

interface Numbered {
  readonly params: readonly string[];
  readonly system: string;
  readonly code: string;
}

const numbered = ({ params, system, code }: Numbered): Plan =>
  and({ op: 'type', types: ['Patient'] }, { op: 'token', params, any: [{ system, code }] });

// One Patient has a number, and the one merged into another may have it besides.
const most = 3;

/** The read is made for nobody as well; only who was merged more than once costs more. */
const survivorAmong = async (
  found: readonly Version[],
  resources: Resolving['resources'],
): Promise<Version | undefined> => {
  const first = found.find((each) => !isGone(each)) ?? found[0];
  return survivorOfId(first === undefined ? nobody : nextOf(first), resources);
};

/** Who remains after every merge of the Patient with this id; undefined when there is nobody. */
export const survivorOfId = async (
  start: string,
  resources: Resolving['resources'],
): Promise<Version | undefined> => {
  let id = start;
  for (let hops = 0; hops < mostHops; hops += 1) {
    const [version] = await resources.read([{ type: 'Patient', id }]);
    if (!version || version.deleted) return undefined;
    const next = nextOf(version);
    if (next === id) return version;
    id = next;
  }
  return undefined;
};

/** No id can be written so. */
const nobody = '?';

// A ring of merges is a mistake that must not keep the server busy.
const mostHops = 8;

const nextOf = ({ id, text }: Version): string => survivorOf(JSON.parse(text) as Resource) ?? id;

const isGone = (version: Version): boolean => nextOf(version) !== version.id;
