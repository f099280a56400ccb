// find-content: the records of a patient that cards are made of, as far as the caller may see them.

import type { Permit } from '../../access/permit.ts';
import { restrict } from '../../access/restrict.ts';
import { parseDocument } from '../../fhir/json.ts';
import { tooCostly } from '../../fhir/problem.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Context } from '../../interactions/types.ts';
import { planSearch } from '../../search/plan-search.ts';
import type { Version } from '../../store/port.ts';
import type { CardKind } from './card-types.ts';

export interface Content {
  readonly type: CardKind;
  /** With its numbers as they were written. */
  readonly resource: Resource;
  readonly version: Version;
}

export interface Sought {
  /** Id of the Patient. */
  readonly patient: string;
  readonly base: string;
  /** Only what was done then or later. */
  readonly since: string | undefined;
}

/** What was not done, is preliminary or was entered in error proves nothing. */
const criteria: Readonly<Record<CardKind, readonly (readonly [string, string])[]>> = {
  Immunization: [['status', 'completed']],
  Observation: [
    ['status', 'final,amended,corrected'],
    ['category', 'http://terminology.hl7.org/CodeSystem/observation-category|laboratory'],
  ],
};

/** A wallet is for a few cards, not for a whole record. */
const most = 200;

/** Newest first. Throws 400 when there are too many for cards. */
export const findContent = async (
  types: readonly CardKind[],
  sought: Sought,
  permit: Permit,
  context: Context,
): Promise<readonly Content[]> => {
  const lists = types.map((type) => findOfType(type, sought, permit, context));
  return (await Promise.all(lists)).flat();
};

const findOfType = async (
  type: CardKind,
  { patient, base, since }: Sought,
  permit: Permit,
  context: Context,
): Promise<readonly Content[]> => {
  const query = [
    ...criteria[type],
    ['patient', `Patient/${patient}`] as const,
    ...(since === undefined ? [] : [['date', `ge${since}`] as const]),
    ['_sort', '-date'] as const,
  ];
  const asked = { types: [type], query, base, handling: 'strict' } as const;
  const { limits } = context;
  const { plan, sort } = await planSearch({ ...asked, limits, now: context.now() }, context);
  const window = { sort, size: most };
  const page = await context.store.resources.search(restrict(plan, [type], permit), window);
  if (page.next)
    throw tooCostly(
      `There are more than ${String(most)} of ${type}; ask for fewer by '_since' or 'credentialType'.`,
    );
  return page.items.map((version) => ({
    ...{ type, version },
    resource: parseDocument(version.text, Infinity).exact,
  }));
};
