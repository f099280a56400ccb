// move-references: every resource that refers to one Patient made to refer to another, as many at a time as one commit holds.

import { documentOf, parseDocument, stringify } from '../fhir/json.ts';
import type { Document } from '../fhir/resource.ts';
import { foreignIn, referTo } from '../interactions/lead-references.ts';
import type { Put } from '../interactions/prepare.ts';
import { stamp } from '../interactions/stamp.ts';
import type { Context } from '../interactions/types.ts';
import { and, not, type Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';
import type { Version } from '../store/port.ts';
import type { Moved, Pair } from './merge-log.ts';

/** What was once noted of an access or a write stays as it was. */
const kept: ReadonlySet<string> = new Set(['AuditEvent', 'Provenance']);

export interface Moving {
  readonly changes: readonly Put[];
  readonly moved: readonly Moved[];
  /** More resources refer to the source than one commit holds. */
  readonly isMore: boolean;
}

/** The next of those that refer to the source; the links between the two Patients stay. */
export const planMoves = async (pair: Pair, size: number, context: Context): Promise<Moving> => {
  const plan = referring(pair, context);
  const page = await context.store.resources.search(plan, { sort: [], size });
  return {
    changes: page.items.map((each) =>
      nextVersion(keptAfter(each, pair), movedFrom(each, pair, context), context),
    ),
    moved: page.items.map(({ type, id, version }) => ({ type, id, version })),
    isMore: page.next !== undefined,
  };
};

export const countReferring = (pair: Pair, context: Context): Promise<number> =>
  context.store.resources.count(referring(pair, context));

const referring = ({ source, target }: Pair, context: Context): Plan =>
  and(
    { op: 'reference', params: referenceParams(context), targets: [`Patient/${source}`] },
    not(and({ op: 'type', types: ['Patient'] }, { op: 'id', ids: [source, target] })),
  );

const referenceParams = ({ registry, definitions }: Context): readonly string[] => [
  ...new Set(
    definitions.resourceTypes
      .filter((type) => !kept.has(type))
      .flatMap((type) =>
        [...registry.parameters(type).values()]
          .filter((parameter) => parameter.type === 'reference')
          .flatMap(({ code }) => valueParams(type, code, definitions)),
      ),
  ),
];

/** What becomes of a version by the merge. */
export const movedFrom = (
  { text, custodian }: Version,
  { source, target }: Pair,
  { registry }: Pick<Context, 'registry'>,
): Document => {
  const { plain, exact } = parseDocument(text, Infinity);
  const foreign = foreignIn(registry.extract(plain, custodian));
  return documentOf(referTo(exact, { from: source, to: target, foreign }));
};

/** What the person kept under the one number is kept under the other: what they permit and forbid goes on to count. */
const keptAfter = (version: Version, { source, target }: Pair): Kept =>
  version.custodian === `Patient/${source}`
    ? { ...version, custodian: `Patient/${target}` }
    : version;

/** A version under whoever keeps it from now on. */
type Kept = Omit<Version, 'custodian'> & { readonly custodian?: string | undefined };

/** The next version of a resource, kept by whom it was kept by: the record is moved, nobody has changed what it says. */
export const nextVersion = (
  previous: Kept,
  document: Document,
  { registry, now }: Context,
): Put => {
  const { type, id, custodian } = previous;
  const key = { type, id };
  const version = String(Number(previous.version) + 1);
  const at = Math.max(now(), previous.at + 1);
  const { plain, exact } = stamp(document, { id, version, at });
  return {
    kind: 'put',
    version: {
      ...{ ...key, version, at, deleted: false, method: 'PUT' },
      ...(custodian === undefined ? {} : { custodian }),
      text: stringify(exact),
    },
    entries: registry.extract(plain, custodian),
    expect: [{ op: 'version', key, version: previous.version }],
  };
};
