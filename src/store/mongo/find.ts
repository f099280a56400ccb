// find: the documents a plan matches, in an order. Chains are followed first; where one leads to too many resources, the
// documents are gone through some at a time and the chain is looked at for those alone.

import { and, type From, type Plan, type To } from '../../search/plan.ts';
import { match, run, type Asking, type Question, type Stage } from './asking.ts';
import { isByDate, partsByDate, type ListPart } from './by-date.ts';
import {
  all,
  always,
  any,
  chainsOf,
  filterOf,
  isExact,
  liveFilters,
  livenessOf,
  type Chains,
  type Filter,
  type Names,
} from './compile/filter.ts';
import { orderOf, positionFields, positionOf } from './compile/order.ts';
import type { ReferenceLeaf } from '../../search/plan.ts';

const firstBatch = 100;
const largestBatch = 800;

/** Found documents have the fields asked for and those of their position. */
export const find = async <T extends object>(
  question: Question,
  asking: Asking,
): Promise<readonly T[]> => {
  const chains = await followChains(question.plan, asking);
  if (!isExact(question.plan, chains)) return walk<T>(question, chains, asking);
  if (isByDate(question) && (await isLong(question, chains, asking)))
    return findByDate<T>(question, chains, asking);
  return run<T>(asking, stagesOf(question, chains));
};

/** Whether there is more than is quickly put in order. */
const isLong = async (question: Question, chains: Chains, asking: Asking): Promise<boolean> => {
  const [found] = await run<{ n: number }>(asking, [
    match(conditionOf(question, chains)),
    { $limit: asking.mostSorted },
    { $count: 'n' },
  ]);
  return (found?.n ?? 0) >= asking.mostSorted;
};

/** Part after part of the list until the page is full. */
const findByDate = async <T extends object>(
  question: Question,
  chains: Chains,
  asking: Asking,
): Promise<readonly T[]> => {
  const found: T[] = [];
  for await (const part of partsByDate(question, asking)) {
    const limit = question.limit - found.length;
    found.push(...(await run<T>(asking, stagesOf({ ...question, limit }, chains, part))));
    if (found.length >= question.limit) break;
  }
  return found;
};

/** The pipeline that answers a question of which all chains are known. */
export const stagesOf = (
  question: Question,
  chains: Chains,
  part: ListPart = whole,
): readonly Stage[] => {
  const { window, limit, fields } = question;
  const order = orderOf(window);
  const filter = all([conditionOf(question, chains), part.candidates]);
  const isSorted = window.sort.length > 0 || Number.isFinite(limit);
  return [
    // What is not computed can be narrowed by an index at once.
    match(order.computed === undefined ? all([filter, order.beyond]) : filter),
    ...(order.computed === undefined
      ? []
      : [{ $set: order.computed }, match(all([order.beyond, part.chosen]))]),
    ...(isSorted ? [{ $sort: order.sort }] : []),
    ...(Number.isFinite(limit) ? [{ $limit: limit }] : []),
    { $project: { ...fields, ...positionFields(window.sort) } },
  ];
};

const whole: ListPart = { candidates: always, chosen: always };

const conditionOf = ({ plan, rows, within = always }: Question, chains: Chains): Filter => {
  const live = filterOf(plan, { place: 'live', chains });
  if (rows === 'live') return all([within, live, liveFilters[livenessOf(plan)]]);
  const gone = filterOf(plan, { place: 'gone', chains });
  return all([within, any([all([{ live: true }, live]), all([{ live: { $ne: true } }, gone])])]);
};

const walk = async <T extends object>(
  question: Question,
  chains: Chains,
  asking: Asking,
): Promise<readonly T[]> => {
  const { limit } = question;
  const found: T[] = [];
  let { window } = question;
  for (let size = firstBatch; ; size = Math.min(largestBatch, size * 2)) {
    const asked = { ...question, window, limit: size, fields: { _id: 1 as const } };
    const batch = await run<Candidate>(asking, stagesOf(asked, chains));
    found.push(...(await holding<T>(question, batch, chains, asking)));
    if (found.length >= limit || batch.length < size) return found.slice(0, limit);
    const position = positionOf(window.sort, batch.at(-1)!);
    window = { sort: window.sort, [window.before === undefined ? 'after' : 'before']: position };
  }
};

type Candidate = Readonly<Record<string, unknown>> & { readonly _id: string };

/** Those of the batch for which the plan holds, in the order of the batch. */
const holding = async <T extends object>(
  question: Question,
  batch: readonly Candidate[],
  chains: Chains,
  asking: Asking,
): Promise<readonly T[]> => {
  const names = batch.map(({ _id }) => _id);
  const known = await probeChains(question, names, chains, asking);
  const within: Filter = { _id: { $in: names } };
  const filter = conditionOf({ ...question, within }, known);
  const { fields } = question;
  const hits = await run<Candidate>(asking, [match(filter), { $project: { _id: 1, ...fields } }]);
  const byName = new Map(hits.map((hit) => [hit._id, hit]));
  return batch.flatMap((candidate) => {
    const hit = byName.get(candidate._id);
    return hit === undefined ? [] : [{ ...candidate, ...hit } as unknown as T];
  });
};

/** What the chains of a plan lead to, of those that lead to few. */
const followChains = async (plan: Plan, asking: Asking): Promise<Chains> => {
  const known = new Map<To | From, ReferenceLeaf | Names>();
  // One after the other: a transaction cannot be asked two things at a time.
  for (const chain of chainsOf(plan)) {
    const text = JSON.stringify(chain);
    if (!asking.answers.has(text)) asking.answers.set(text, await follow(chain, asking));
    const answer = asking.answers.get(text);
    if (answer !== undefined) known.set(chain, answer);
  }
  return known;
};

const follow = async (
  chain: To | From,
  asking: Asking,
): Promise<ReferenceLeaf | Names | undefined> => {
  const { params } = chain;
  const fields = chain.op === 'to' ? { _id: 1 as const } : { reference: 1 as const };
  const inner = await find<{ _id: string; reference?: readonly Reference[] }>(
    { plan: chain.plan, rows: 'live', window: { sort: [] }, limit: asking.mostListed + 1, fields },
    asking,
  );
  if (inner.length > asking.mostListed) return undefined;
  if (chain.op === 'to') return { op: 'reference', params, targets: inner.map(({ _id }) => _id) };
  const names = inner.flatMap(({ reference = [] }) => targetsIn(reference, params));
  return { op: 'names', names: [...new Set(names)] };
};

interface Reference {
  readonly p: string;
  readonly t: string;
}

const targetsIn = (
  references: readonly Reference[],
  params: readonly string[],
): readonly string[] => references.flatMap(({ p, t }) => (params.includes(p) ? [t] : []));

/** The chains that were not known, for some documents only. */
const probeChains = async (
  { plan, rows }: Question,
  names: readonly string[],
  chains: Chains,
  asking: Asking,
): Promise<Chains> => {
  const known = new Map(chains);
  for (const chain of chainsOf(plan))
    if (!known.has(chain))
      known.set(
        chain,
        chain.op === 'to'
          ? await probeTo(chain, { names, rows }, asking)
          : await probeFrom(chain, names, asking),
      );
  return known;
};

const probeTo = async (
  { plan, params }: To,
  { names, rows }: { readonly names: readonly string[]; readonly rows: Question['rows'] },
  asking: Asking,
): Promise<ReferenceLeaf> => {
  const documents = await run<{
    reference?: readonly Reference[];
    gone?: { reference?: readonly Reference[] };
  }>(asking, [
    match({ _id: { $in: names } }),
    { $project: { reference: 1, ...(rows === 'kept' ? { 'gone.reference': 1 } : {}) } },
  ]);
  const targets = documents.flatMap(({ reference = [], gone }) =>
    targetsIn([...reference, ...(gone?.reference ?? [])], params),
  );
  const holds = await find<{ _id: string }>(
    {
      ...{ plan, rows: 'live', window: { sort: [] }, limit: Infinity, fields: { _id: 1 } },
      within: { _id: { $in: [...new Set(targets)] } },
    },
    asking,
  );
  return { op: 'reference', params, targets: holds.map(({ _id }) => _id) };
};

/** One by one: what refers to a single resource may be very much, and the first that holds is enough. */
const probeFrom = async (
  { plan, params }: From,
  names: readonly string[],
  asking: Asking,
): Promise<Names> => {
  const referred: string[] = [];
  for (const name of names) {
    const refers: Plan = and({ op: 'reference', params, targets: [name] }, plan);
    const first = await find<{ _id: string }>(
      { plan: refers, rows: 'live', window: { sort: [] }, limit: 1, fields: { _id: 1 } },
      asking,
    );
    if (first.length > 0) referred.push(name);
  }
  return { op: 'names', names: referred };
};

/** How many documents a plan matches. */
export const count = async (plan: Plan, asking: Asking): Promise<number> => {
  const question: Question = {
    ...{ plan, rows: 'live', window: { sort: [] }, limit: Infinity, fields: { _id: 1 } },
  };
  const chains = await followChains(plan, asking);
  if (!isExact(plan, chains)) return (await walk(question, chains, asking)).length;
  const stages = [match(conditionOf(question, chains)), { $count: 'count' }];
  return (await run<{ count: number }>(asking, stages))[0]?.count ?? 0;
};

/** For `explain`: the pipeline, and whether it is only the first step. */
export const planOf = async (question: Question, asking: Asking) => {
  const chains = await followChains(question.plan, asking);
  return { stages: stagesOf(question, chains), isWhole: isExact(question.plan, chains) };
};
