// Conditional references: `Patient?identifier=…` in a transaction stands for the one resource the search finds.
// https://hl7.org/fhir/R4/http.html#trules

import type { Permit } from '../../access/permit.ts';
import { multipleMatches, preconditionFailed, Problem } from '../../fhir/problem.ts';
import { matches } from '../../search/match.ts';
import type { Expect, Key } from '../../store/port.ts';
import { atEntry } from '../bundle/at-entry.ts';
import type { Context } from '../types.ts';
import { findMatches } from './find-match.ts';
import { inSlices } from './in-slices.ts';
import { pathOfReference } from './path-of-reference.ts';
import { worldOf } from './world.ts';
import { removedBy, type Drafted, type Patch, type Put, type Write } from './writes.ts';

/** "The search URI is relative to the server's [base] path, and always starts with a resource type." */
export const isSearch = (link: string, base: string): boolean =>
  /^[A-Z][A-Za-z]*\?/.test(link.startsWith(`${base}/`) ? link.slice(base.length + 1) : link);

interface Bundled {
  readonly writes: readonly Write[];
  readonly drafts: readonly Drafted[];
  readonly base: string;
}

export interface Resolved {
  /** What each search stands for. */
  readonly found: ReadonlyMap<string, string>;
  readonly expect: readonly Expect[];
}

/**
 * `searches` names for each text an entry that uses it. References are resolved last, so a search finds what the transaction
 * creates and not what it deletes. Throws 412 naming entry and element when nothing or more than one resource matches.
 */
export const resolveReferences = async (
  searches: ReadonlyMap<string, Put | Patch>,
  bundled: Bundled,
  permit: Permit,
  context: Context,
): Promise<Resolved> => {
  const find = finder(bundled, permit, context);
  const answers = await inSlices([...searches], async ([text, user]) => {
    const { key, check } = await find(text).catch((error: unknown) => {
      throw error instanceof Problem ? named(error, text, user, bundled) : error;
    });
    return { link: [text, `${key.type}/${key.id}`] as const, check };
  });
  return {
    found: new Map(answers.map(({ link }) => link)),
    expect: answers.map(({ check }) => check),
  };
};

type Find = (text: string) => Promise<{ readonly key: Key; readonly check: Expect }>;

const finder = ({ writes, drafts, base }: Bundled, permit: Permit, context: Context): Find => {
  const world = worldOf(drafts, permit, context);
  // What the transaction writes is looked at as it will be, not as it is stored.
  const except = new Map(removedBy(writes));
  for (const { write } of drafts)
    if (write.previous) except.set(write.type, [...(except.get(write.type) ?? []), write.id]);

  return async (text) => {
    const local = text.startsWith(`${base}/`) ? text.slice(base.length + 1) : text;
    const type = local.slice(0, local.indexOf('?'));
    const criteria = local.slice(type.length + 1);
    if (!context.definitions.resourceTypes.includes(type))
      throw preconditionFailed(`'${text}': '${type}' is not a FHIR R4 resource type.`);
    const asked = { type, criteria, base, except: except.get(type) ?? [] };
    const stored = await findMatches(asked, permit, context);
    const { plan } = stored;
    const keys: readonly Key[] = [
      ...stored.matches.map(({ id }) => ({ type, id })),
      ...world
        .candidates(type, plan)
        .flatMap((each) => (matches(plan, each, world) ? [{ type, id: each.id }] : [])),
    ];
    const [key] = keys;
    if (!key) throw preconditionFailed(`The reference '${text}' finds no ${type}.`);
    if (keys.length > 1)
      throw multipleMatches(`The reference '${text}' finds more than one ${type}.`);
    return { key, check: { op: 'only', plan, key } };
  };
};

const named = (problem: Problem, text: string, user: Put | Patch, { drafts }: Bundled): Problem => {
  const document = drafts.find(({ write }) => write === user)?.document;
  const path = document && pathOfReference(document.plain, text);
  const issues = problem.issues.map((issue) => ({ ...issue, expression: [path ?? ''] }));
  return atEntry(user.entry.place, new Problem(problem.status, issues), user.type);
};
