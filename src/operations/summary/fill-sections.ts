// fill-sections: the records of a patient that a summary tells of, as far as the caller may see them.

import type { Permit } from '../../access/permit.ts';
import { restrict } from '../../access/restrict.ts';
import { parseDocument } from '../../fhir/json.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { Context } from '../../interactions/types.ts';
import { planSearch, type Search } from '../../search/plan-search.ts';
import type { Page, Version } from '../../store/port.ts';
import { sections, type Section, type Source } from './sections.ts';

export interface Told {
  readonly version: Version;
  /** With its numbers as they were written. */
  readonly resource: Resource;
}

export interface FilledSection {
  readonly section: Section;
  readonly entries: readonly Told[];
  /** There is more than is told. */
  readonly isCut: boolean;
}

export interface Whose {
  /** Id of the Patient. */
  readonly patient: string;
  readonly base: string;
}

/** Sections with something in them, and those that are always there. One search after the other: a summary is no rush. */
export const fillSections = async (
  whose: Whose,
  permit: Permit,
  context: Context,
): Promise<readonly FilledSection[]> => {
  const filled: FilledSection[] = [];
  for (const section of sections) {
    const found: Found[] = [];
    for (const source of section.sources) found.push(await find(source, whose, permit, context));
    const entries = onceEach(found.flatMap(({ told }) => told));
    if (entries.length > 0 || section.required)
      filled.push({ section, entries, isCut: found.some(({ isCut }) => isCut) });
  }
  return filled;
};

interface Found {
  readonly told: readonly Told[];
  readonly isCut: boolean;
}

/** The store is asked for so many at a time, and the newest of each code is looked for among so many. */
const slice = 100;
const mostLookedAt = 1000;

const find = async (
  source: Source,
  whose: Whose,
  permit: Permit,
  context: Context,
): Promise<Found> => {
  if (!permit.allows('search', source.type)) return { told: [], isCut: false };
  const search = await planSource(source, whose, context);
  const plan = restrict(search.plan, [source.type], permit);
  const choose = createChoice(source);
  const told: Told[] = [];
  let page: Page<Version> | undefined;
  for (let looked = 0; looked < mostLookedAt; looked += slice) {
    const after = page?.next && { after: page.next };
    page = await context.store.resources.search(plan, { sort: search.sort, size: slice, ...after });
    for (const each of page.items.map(read).filter(choose)) {
      if (told.length === source.most) return { told, isCut: true };
      told.push(each);
    }
    if (!page.next) return { told, isCut: false };
  }
  return { told, isCut: true };
};

const planSource = (
  { type, criteria, newestBy = '_lastUpdated' }: Source,
  { patient, base }: Whose,
  context: Context,
): Promise<Search> => {
  const query = [
    ...criteria,
    ['patient', `Patient/${patient}`] as const,
    ['_sort', `-${newestBy}`] as const,
  ];
  const asked = { types: [type], query, base, handling: 'strict' } as const;
  return planSearch({ ...asked, limits: context.limits, now: context.now() }, context);
};

const read = (version: Version): Told => ({
  version,
  resource: parseDocument(version.text, Infinity).exact,
});

/** Says of one after the other, newest first, whether it is told. */
const createChoice = ({ statuses, each }: Source): ((told: Told) => boolean) => {
  const known = new Set<string>();
  return ({ resource }) => {
    // What must not be done is no part of what is.
    if (resource['doNotPerform'] === true) return false;
    if (statuses && !statuses.some((status) => status === resource['status'])) return false;
    const code = each === undefined ? undefined : codeOf(resource);
    if (code === undefined) return true;
    const isNew = !known.has(code);
    known.add(code);
    return isNew;
  };
};

/** undefined where it does not say: two without a code are not the same. */
const codeOf = ({ code }: Resource): string | undefined => {
  const codings: unknown = isObject(code) ? code['coding'] : undefined;
  const first: unknown = Array.isArray(codings) ? codings[0] : undefined;
  if (isObject(first) && typeof first['code'] === 'string')
    return `${String(first['system'])}|${first['code']}`;
  const text = isObject(code) ? code['text'] : undefined;
  return typeof text === 'string' ? text : undefined;
};

const onceEach = (all: readonly Told[]): readonly Told[] => [
  ...new Map(all.map((told) => [`${told.version.type}/${told.version.id}`, told])).values(),
];
