// cost: what looking, asking and putting in order cost beside each other, and what is guessed where nothing is counted.

import type { Plan } from '../../../search/plan.ts';

/** Looking at a row of an index, at what another table says of a resource, putting it in order: relative costs. */
export const visit = 0.15;
export const probe = 0.7;
export const arrange = 0.35;

/** A condition and the share of the resources in question for which it holds. */
export interface Weighed {
  readonly plan: Plan;
  readonly share: number;
}

/** What a resource is asked at most before one of the conditions rules it out. */
export const mostProbes = (rest: readonly Weighed[]): number =>
  Math.max(0, ...rest.map(({ plan }) => probesOf(plan)));

/** One for each leaf: a resource for which none of many alternatives holds is asked them all. */
export const probesOf = (plan: Plan): number => {
  switch (plan.op) {
    case 'and':
      return Math.max(1, ...plan.plans.map(probesOf));
    case 'or':
      return plan.plans.reduce((sum, each) => sum + probesOf(each), 0);
    case 'not':
    case 'to':
    case 'from':
      return probesOf(plan.plan);
    default:
      return 1;
  }
};

/** What rules out most for least comes first. */
export const inProbeOrder = <T extends Weighed>(conjuncts: readonly T[]): readonly T[] =>
  conjuncts.toSorted((a, b) => rank(a) - rank(b));

const rank = ({ plan, share }: Weighed): number =>
  (share - 1) / (plan.op === 'to' || plan.op === 'from' || plan.op === 'or' ? 4 : 1);

/** Rows gone through until `wanted` matches are found, when the matches lie evenly among them. */
export const rowsUntil = (wanted: number, rows: number, matches: number): number =>
  wanted >= matches ? rows : (wanted * rows) / matches;

/** Of a condition that no index counts. */
export const guessShare = (part: Plan): number => {
  switch (part.op) {
    case 'string':
      return part.match === 'contains' ? 0.02 : 0.001;
    case 'not':
      return 0.8;
    default:
      return 0.3;
  }
};
