// find-stored: the documents of a patient that are kept here and are still good, as far as the caller may see them.

import type { Permit } from '../../access/permit.ts';
import { restrict } from '../../access/restrict.ts';
import type { Coding, Resource } from '../../fhir/resource.ts';
import { isObject } from '../../fhir/resource.ts';
import type { Context } from '../../interactions/types.ts';
import { escape } from '../../search/escape.ts';
import { and } from '../../search/plan.ts';
import { planSearch } from '../../search/plan-search.ts';
import type { Version } from '../../store/port.ts';
import { duringCare } from '../everything/during-care.ts';
import type { Whose } from '../summary/fill-sections.ts';

export interface DocumentsAsked {
  /** Dates of care, milliseconds since 1970. */
  readonly start?: number;
  readonly end?: number;
  /** Any of them; none: all. */
  readonly types: readonly Coding[];
  readonly profiles: readonly string[];
  readonly isOnlyOnDemand: boolean;
}

const type = 'DocumentReference';

/**
 * Newest first; "the most recent or current document is in scope" where no time is given: of each type one. Stored documents do
 * not tell what profile they follow, so none is given to who asks for one.
 */
export const findStored = async (
  whose: Whose,
  asked: DocumentsAsked,
  permit: Permit,
  context: Context,
): Promise<readonly Version[]> => {
  if (asked.profiles.length > 0) return [];
  const { plan, sort } = await planDocuments(whose, asked, context);
  const within = restrict(
    and(plan, duringCare({ ...asked, types: [type] }, context.registry)),
    [type],
    permit,
  );
  const { resources } = context.store;
  const { items } = await resources.search(within, { sort, size: context.limits.page });
  const isTimed = asked.start !== undefined || asked.end !== undefined;
  return isTimed ? items : newestOfEach(items);
};

const planDocuments = (
  { patient, base }: Whose,
  { types }: DocumentsAsked,
  context: Context,
): ReturnType<typeof planSearch> => {
  const wanted = types.map(({ system, code = '' }) =>
    system === undefined ? escape(code) : `${escape(system)}|${escape(code)}`,
  );
  const query = [
    ['patient', `Patient/${patient}`] as const,
    ['status', 'current'] as const,
    ...(wanted.length > 0 ? [['type', wanted.join(',')] as const] : []),
    ['_sort', '-date'] as const,
  ];
  const asked = { types: [type], query, base, handling: 'strict' } as const;
  return planSearch({ ...asked, limits: context.limits, now: context.now() }, context);
};

const newestOfEach = (newestFirst: readonly Version[]): readonly Version[] => {
  const known = new Set<string>();
  return newestFirst.filter(({ text }) => {
    const kind = typeOf(JSON.parse(text) as Resource);
    const isNew = kind === undefined || !known.has(kind);
    if (kind !== undefined) known.add(kind);
    return isNew;
  });
};

/** undefined where it does not say: two without a type are not the same. */
const typeOf = ({ type: concept }: Resource): string | undefined => {
  const codings: unknown = isObject(concept) ? concept['coding'] : undefined;
  const first: unknown = Array.isArray(codings) ? codings[0] : undefined;
  return isObject(first) ? `${String(first['system'])}|${String(first['code'])}` : undefined;
};
