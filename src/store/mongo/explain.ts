// explain: how MongoDB would answer a question: the pipeline, and which indexes its planner takes.

import type { mongo } from 'mongoose';
import { planOf } from './find.ts';
import type { Asking, Question } from './asking.ts';

export const explain = async (
  question: Question,
  asking: Asking,
  database: mongo.Db,
): Promise<unknown> => {
  const { stages, isWhole } = await planOf(question, asking);
  // As a command: a collection would add its read concern, which an explanation cannot have.
  const aggregate = { aggregate: asking.collection.collectionName, pipeline: stages, cursor: {} };
  const plan = await database.command({ explain: aggregate, verbosity: 'queryPlanner' });
  const steps = stepsOf(plan);
  return { way: wayOf(steps, isWhole), pipeline: stages, steps };
};

export interface Step {
  readonly stage: string;
  readonly index?: string;
}

/** The stages of the winning plan, wherever in the answer they are: it differs between servers, and shards have one each. */
const stepsOf = (plan: unknown): readonly Step[] => {
  if (typeof plan !== 'object' || plan === null) return [];
  return Object.entries(plan).flatMap(([name, value]) => {
    if (name === 'rejectedPlans') return [];
    const own =
      name === 'stage' && typeof value === 'string'
        ? [{ stage: value, ...indexOf(plan as Readonly<Record<string, unknown>>) }]
        : [];
    return [...own, ...stepsOf(value)];
  });
};

const indexOf = ({ indexName }: Readonly<Record<string, unknown>>): { readonly index?: string } =>
  typeof indexName === 'string' ? { index: indexName } : {};

const wayOf = (steps: readonly Step[], isWhole: boolean): string => {
  const indexes = [...new Set(steps.flatMap(({ index }) => index ?? []))];
  const scans = steps.some(({ stage }) => stage === 'COLLSCAN');
  const by = scans
    ? 'all documents are looked at'
    : indexes.length === 0
      ? 'nothing can match'
      : `by ${indexes.join(' and ')}`;
  return isWhole ? by : `${by}, some at a time; then chains are followed for those`;
};
