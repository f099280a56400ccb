// explain: a plan as indented text for people, one question a line.

import type { Comparison, Plan, ValueLeaf } from './plan.ts';

/** One line for each node; what is inside a node is indented under it. */
export const explain = (plan: Plan): string => linesOf(plan).join('\n');

const linesOf = (plan: Plan): readonly string[] => {
  switch (plan.op) {
    case 'everything':
      return ['everything'];
    case 'nothing':
      return ['nothing'];
    case 'and':
      return ['all of', ...plan.plans.flatMap(linesOf).map(indent)];
    case 'or':
      return ['any of', ...plan.plans.flatMap(linesOf).map(indent)];
    case 'not':
      return ['not', ...linesOf(plan.plan).map(indent)];
    case 'type':
      return [`type is ${listOf(plan.types)}`];
    case 'id':
      return [`id is ${listOf(plan.ids)}`];
    case 'updated':
      return [`last updated ${rangeOf(plan, timeOf)}`];
    case 'custodian':
      return [`kept by ${listOf(plan.organizations)}`];
    case 'present':
      return [`${listOf(plan.params)} is there (${plan.kind})`];
    case 'composite':
      return ['one element with', ...plan.parts.flatMap(linesOf).map(indent)];
    case 'to':
      return [`${listOf(plan.params)} refers to`, ...linesOf(plan.plan).map(indent)];
    case 'from':
      return [`${listOf(plan.params)} refers here from`, ...linesOf(plan.plan).map(indent)];
    case 'token':
    case 'string':
    case 'reference':
    case 'uri':
    case 'date':
    case 'number':
      return [`${listOf(plan.params)} ${conditionOf(plan)}`];
  }
};

const conditionOf = (leaf: ValueLeaf): string => {
  switch (leaf.op) {
    case 'token':
      return `is ${listOf(leaf.any.map(({ system, code }) => (system === undefined ? '' : `${system}|`) + (code ?? '')))} (token)`;
    case 'string':
      return `${{ starts: 'starts with', contains: 'contains', exact: 'is exactly' }[leaf.match]} '${leaf.text}'`;
    case 'reference':
      return `is ${listOf(leaf.targets)} (reference)`;
    case 'uri':
      return `${{ equals: 'is', below: 'is or is below', above: 'is or is above' }[leaf.match]} ${leaf.uri}`;
    case 'date':
      return rangeOf(leaf, timeOf);
    case 'number':
      return `${rangeOf(leaf, String)}${leaf.unit === '' ? '' : ` in ${leaf.unit}`}`;
  }
};

const rangeOf = ({ prefix, low, high }: Comparison, write: (value: number) => string): string =>
  low === high ? `${prefix} ${write(low)}` : `${prefix} [${write(low)}, ${write(high)})`;

const timeOf = (time: number): string =>
  Math.abs(time) >= 8.64e15 ? 'open' : new Date(time).toISOString();

/** Long lists (a value set, all types) are cut. */
const listOf = (texts: readonly string[]): string =>
  texts.length <= 5
    ? texts.join(' or ')
    : `${texts.slice(0, 5).join(' or ')} or ${String(texts.length - 5)} more`;

const indent = (line: string): string => `  ${line}`;
