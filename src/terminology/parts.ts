// Parts of a value set and how they combine: union, intersection, difference, each as one test and one list.
// https://hl7.org/fhir/R4/valueset.html#compositions

import type { Coding } from '../fhir/resource.ts';
import type { Concept, Membership } from './types.ts';

/** One include or exclude, and every combination of them. */
export interface Part {
  readonly contains: Membership;
  readonly list: () => readonly Concept[] | undefined;
  readonly obstacles: readonly string[];
  readonly systems: readonly string[];
}

export const isOf = (asked: string | undefined, system: string): boolean =>
  asked === undefined || asked === system;

export const nothing = (obstacle: string, system?: string): Part => ({
  contains: (coding) => (system === undefined || isOf(coding.system, system) ? undefined : false),
  list: () => undefined,
  obstacles: [obstacle],
  systems: [],
});

export const unite = (parts: readonly Part[]): Part => {
  const only = parts[0];
  if (only && parts.length === 1) return only;
  return {
    contains: (coding) => {
      let answer: boolean | undefined = false;
      for (const part of parts) {
        const here = part.contains(coding);
        if (here) return true;
        if (here === undefined) answer = undefined;
      }
      return answer;
    },
    list: () => uniteLists(parts),
    ...gathered(parts),
  };
};

const uniteLists = (parts: readonly Part[]): readonly Concept[] | undefined => {
  const byKey = new Map<string, Concept>();
  for (const part of parts) {
    const concepts = part.list();
    if (!concepts) return undefined;
    for (const concept of concepts) {
      const key = `${concept.system}|${concept.code}`;
      if (!byKey.has(key)) byKey.set(key, concept);
    }
  }
  return [...byKey.values()];
};

export const intersect = (parts: readonly Part[]): Part => {
  const only = parts[0];
  if (only && parts.length === 1) return only;
  if (!only) return nothing('An include names neither system nor value set.');
  return {
    contains: (coding) => {
      let answer: boolean | undefined = true;
      for (const part of parts) {
        const here = part.contains(coding);
        if (here === false) return false;
        if (here === undefined) answer = undefined;
      }
      return answer;
    },
    // One part that can be listed is enough when the others can judge each of its concepts.
    list: () => {
      const base = parts.find((part) => part.list() !== undefined);
      return base && keepSure(base, (concept) => parts.map((part) => part.contains(concept)));
    },
    ...gathered(parts),
    obstacles: parts.some((part) => part.obstacles.length === 0)
      ? []
      : parts.flatMap((part) => part.obstacles),
  };
};

const keepSure = (
  base: Part,
  judge: (concept: Concept) => readonly (boolean | undefined)[],
): readonly Concept[] | undefined => {
  const kept: Concept[] = [];
  for (const concept of base.list() ?? []) {
    const answers = judge(concept);
    if (answers.includes(false)) continue;
    if (answers.includes(undefined)) return undefined;
    kept.push(concept);
  }
  return kept;
};

export const without = (included: Part, excluded: Part): Part => ({
  contains: (coding) => {
    const here = included.contains(coding);
    if (here === false) return false;
    const out = excluded.contains(coding);
    return out ? false : out === undefined ? undefined : here;
  },
  list: () => {
    if (!included.list()) return undefined;
    return keepSure(included, (concept) => [negate(excluded.contains(concept))]);
  },
  obstacles: included.obstacles,
  systems: included.systems,
});

const negate = (answer: boolean | undefined): boolean | undefined =>
  answer === undefined ? undefined : !answer;

export const onlyActive = (part: Part): Part => ({
  ...part,
  list: () => part.list()?.filter(({ inactive }) => !inactive),
});

/**
 * Asks the part once for what is asked several times in a row. A value set may import another in several ways, and that one
 * a third: without this each step would double the work.
 */
export const remember = (part: Part): Part => {
  let coding: Coding | undefined;
  let isMember: boolean | undefined;
  let known: WeakRef<readonly Concept[]> | undefined;
  let cannotList = false;
  return {
    ...part,
    contains: (asked) => {
      if (asked !== coding) [coding, isMember] = [asked, part.contains(asked)];
      return isMember;
    },
    list: () => {
      const before = known?.deref();
      if (before || cannotList) return before;
      const list = part.list();
      if (list) known = new WeakRef(list);
      else cannotList = true;
      return list;
    },
  };
};

const gathered = (parts: readonly Part[]): { obstacles: string[]; systems: string[] } => ({
  obstacles: parts.flatMap(({ obstacles }) => obstacles),
  systems: [...new Set(parts.flatMap(({ systems }) => systems))],
});
