// Commit: the writes of a transaction as one list of changes, in the order the specification gives, written all or nothing.
// https://hl7.org/fhir/R4/http.html#trules

import { setImmediate } from 'node:timers/promises';
import type { Permit } from '../../access/permit.ts';
import { preconditionFailed, Problem, type Issue } from '../../fhir/problem.ts';
import { matches, type Stored, type World } from '../../search/match.ts';
import { Conflict, type Change, type Version } from '../../store/port.ts';
import { atEntry } from '../bundle/at-entry.ts';
import { commit } from '../commit.ts';
import { prepare, prepareDelete, type Draft } from '../prepare.ts';
import type { Context, FhirRequest } from '../types.ts';
import { pause, type Documents } from './documents.ts';
import { worldOf } from './world.ts';
import { isDrafted, type Write } from './writes.ts';

/** What became of an entry. */
export interface Written {
  readonly write: Write;
  /** The version the resource has now; undefined when there was nothing to delete. */
  readonly version?: Version | undefined;
  readonly issues: readonly Issue[];
}

interface Step extends Written {
  readonly change: Change | undefined;
  readonly also?: readonly Change[];
}

/**
 * Prepares every write and commits them together. Throws `Conflict` when another writer came between (its `change` is the
 * place of the entry, -1 for a conditional reference), and a Problem that names the entry when one cannot be written.
 */
export const commitWrites = async (
  writes: readonly Write[],
  { drafts, expect, request }: Documents & { readonly request: Pick<FhirRequest, 'headers'> },
  permit: Permit,
  context: Context,
): Promise<readonly Written[]> => {
  const at = context.now();
  const drafted = writes
    .filter(isDrafted)
    .map((write) => ({ write, document: drafts.get(write)! }));
  // What an entry may refer to includes what the others write.
  const beside = worldOf(drafted, permit, context);
  const steps: Step[] = [];
  for (const [place, write] of writes.toSorted(byTurn).entries()) {
    steps.push(await prepareWrite(write, { drafts, at, beside }, permit, context));
    if (place % pause === pause - 1) await setImmediate();
  }
  const changing = steps.filter((step) => step.change !== undefined);
  const changes = changing.map(({ change }) => change!);
  const also = changing.flatMap((step) => step.also ?? []);
  const last: readonly Change[] = expect.length > 0 ? [{ kind: 'check', expect }] : [];
  try {
    if (changes.length > 0) await commit([...changes, ...also, ...last], request, permit, context);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const place = changing[error.change]?.write.entry.place ?? -1;
    throw clashWithin(error, changing) ?? new Conflict(place, error.expect, { cause: error });
  }
  return steps;
};

/**
 * What is kept is looked at before anything new could be taken for it. Conditional writes come after the others of their
 * kind, so that the outcome does not depend on the order of the entries.
 */
const turn = (write: Write): number => {
  const isConditional = write.expect.length > 0 ? 1 : 0;
  switch (write.kind) {
    case 'delete':
      return 0;
    case 'kept':
      return 1;
    case 'put':
      return (write.method === 'POST' ? 2 : 4) + isConditional;
    case 'patch':
      return 4 + isConditional;
  }
};

const byTurn = (one: Write, other: Write): number => turn(one) - turn(other);

interface Drafts {
  readonly drafts: Documents['drafts'];
  readonly at: number;
  readonly beside: World;
}

const prepareWrite = async (
  write: Write,
  { drafts, at, beside }: Drafts,
  permit: Permit,
  context: Context,
): Promise<Step> => {
  const { type, expect, previous } = write;
  const { adopts = [], permit: own = permit } = write.entry;
  try {
    switch (write.kind) {
      case 'kept':
        return { write, version: previous, issues: [], change: { kind: 'check', expect } };
      case 'delete': {
        if (!previous) return { write, issues: [], change: undefined };
        const removed = await prepareDelete(previous, own, context, { expect, at });
        return { write, ...removed, issues: [] };
      }
      case 'put':
      case 'patch': {
        const method: Draft['method'] = write.kind === 'patch' ? 'PATCH' : write.method;
        const document = drafts.get(write)!;
        const draft = {
          ...{ type, id: write.id, document, method, previous },
          ...{ expect, at, beside, adopts },
        };
        return { write, ...(await prepare(draft, own, context)) };
      }
    }
  } catch (error) {
    throw error instanceof Problem ? atEntry(write.entry.place, error, type) : error;
  }
};

/**
 * Criteria that another entry of the same transaction meets cannot hold however often it is tried:
 * "if any resource identities (including resolved identities …) overlap … then the transaction SHALL fail".
 */
const clashWithin = ({ change, expect }: Conflict, steps: readonly Step[]): Problem | undefined => {
  if (expect.op === 'version') return undefined;
  const stored = steps.flatMap((step): (Stored & { readonly place: number })[] => {
    const { change: put, write } = step;
    if (put?.kind !== 'put' || put.version.deleted) return [];
    const { type, id, at, custodian } = put.version;
    const known = { type, id, at, entries: put.entries, place: write.entry.place };
    return [custodian === undefined ? known : { ...known, custodian }];
  });
  const world = {
    get: (key: string) => stored.find(({ type, id }) => `${type}/${id}` === key),
    all: () => stored,
  };
  const own = steps[change]?.write.entry.place;
  const other = stored.find((each) => each.place !== own && matches(expect.plan, each, world));
  if (!other) return undefined;
  const text = `Bundle.entry[${String(other.place)}] meets the same criteria; a resource can be in a transaction once.`;
  return own === undefined
    ? atEntry(
        other.place,
        preconditionFailed(
          'It meets a conditional reference of this Bundle that means another resource.',
        ),
      )
    : atEntry(own, preconditionFailed(text, 'request'));
};
