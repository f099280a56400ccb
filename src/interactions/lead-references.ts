// lead-references: what is written about a Patient that was merged is about the one who remains.
// https://hl7.org/fhir/R5/patient-operation-merge.html

import type { Permit } from '../access/permit.ts';
import { documentOf } from '../fhir/json.ts';
import { isObject, type Document, type Resource } from '../fhir/resource.ts';
import type { Entry } from '../search/entry.ts';
import type { World } from '../search/match.ts';
import type { Version } from '../store/port.ts';
import { locate } from './locate.ts';
import { findSurvivor } from './survivor.ts';
import type { Context } from './types.ts';

export interface Referring {
  readonly document: Document;
  /** Its index values: references that no search parameter finds are left, as merging leaves them. */
  readonly entries: readonly Entry[];
  /** What else the same commit writes; its members look up each Patient once. */
  readonly beside?: World | undefined;
}

/** What was once noted of an access or a write stays as it was, and the links between Patients are what tells. */
const kept: ReadonlySet<string> = new Set(['AuditEvent', 'Provenance', 'Patient']);

/**
 * The same document when none was merged. Only a caller who may see both Patients is led: to others it would tell that there
 * are two, or take away a record they could write before.
 */
export const leadReferences = async (
  { document, entries, beside }: Referring,
  permit: Permit,
  context: Pick<Context, 'store'>,
): Promise<Document> => {
  if (kept.has(document.plain.resourceType)) return document;
  let led = document;
  for (const id of patientsIn(entries)) {
    const survivor = await survivorFor(id, beside, permit, context);
    if (survivor === undefined) continue;
    const replacement = { from: id, to: survivor, foreign: foreignIn(entries) };
    led = documentOf(referTo(led.exact, replacement));
  }
  return led;
};

const prefix = 'Patient/';

const patientsIn = (entries: readonly Entry[]): ReadonlySet<string> =>
  new Set(
    entries.flatMap((entry) =>
      entry.kind === 'reference' && entry.target.startsWith(prefix)
        ? [entry.target.slice(prefix.length)]
        : [],
    ),
  );

type Survivors = Map<string, Promise<string | undefined>>;
const lookedUp = new WeakMap<World, Survivors>();

/** A transaction is mostly about one Patient. */
const survivorFor = (
  id: string,
  beside: World | undefined,
  permit: Permit,
  context: Pick<Context, 'store'>,
): Promise<string | undefined> => {
  const known = beside && (lookedUp.get(beside) ?? new Map<string, Promise<string | undefined>>());
  const found = known?.get(id) ?? lookUp(id, permit, context);
  if (beside && known) lookedUp.set(beside, known.set(id, found));
  return found;
};

/** Who was merged into one who was merged in turn: so many steps, since a ring is a mistake. */
const mostSteps = 8;

const lookUp = async (
  id: string,
  permit: Permit,
  context: Pick<Context, 'store'>,
): Promise<string | undefined> => {
  const [current] = await context.store.resources.read([{ type: 'Patient', id }]);
  if (!current || !(await isSeen(current, permit, context))) return undefined;
  let remaining: Version = current;
  for (let step = 0; step < mostSteps; step += 1) {
    const next = await findSurvivor(remaining, permit, context);
    if (!next) break;
    remaining = next;
  }
  return remaining === current ? undefined : remaining.id;
};

/** Asked only of who was merged: everybody else stays who they are, whoever may see them. */
const isSeen = async (
  { text, id }: Version,
  permit: Permit,
  context: Pick<Context, 'store'>,
): Promise<boolean> =>
  text.includes('"replaced-by"') &&
  (await locate({ type: 'Patient', id }, permit, context)) !== undefined;

export interface Replacement {
  readonly from: string;
  readonly to: string;
  /** Addresses of other servers among the references: one may end in the same id and be somebody else. */
  readonly foreign: ReadonlySet<string>;
}

/** The resource with each reference to the one Patient replaced, absolute ones to this server as well. */
export const referTo = (exact: Resource, { from, to, foreign }: Replacement): Resource => {
  const old = new RegExp(`^((?:https?://.*/)?)Patient/${from.replace(/\./g, '\\.')}$`);
  const change = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(change);
    if (!isObject(value) || JSON.isRawJSON(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) =>
        name === 'reference' && typeof inner === 'string' && !foreign.has(inner)
          ? [name, inner.replace(old, `$1Patient/${to}`)]
          : [name, change(inner)],
      ),
    );
  };
  return change(exact) as Resource;
};

/** What extraction leaves absolute is not of this server. */
export const foreignIn = (entries: readonly Entry[]): ReadonlySet<string> =>
  new Set(
    entries.flatMap((entry) =>
      entry.kind === 'reference' && /^https?:/.test(entry.target) ? [entry.target] : [],
    ),
  );
