// Reads inside a transaction: they see what it left, and one that cannot succeed stops it before anything is written.
// https://hl7.org/fhir/R4/http.html#trules

import type { Permit } from '../../access/permit.ts';
import type { BundleEntry } from '../../fhir/bundle.ts';
import { Problem } from '../../fhir/problem.ts';
import { answerEntry, answerProblem, partOf } from '../bundle/answer-entry.ts';
import { createAnswerRoom } from '../bundle/answer-room.ts';
import { atEntry } from '../bundle/at-entry.ts';
import type { Entry } from '../bundle/read-entries.ts';
import { asProblem } from '../failure.ts';
import type { Context, Part } from '../types.ts';
import type { Written } from './commit.ts';

/**
 * Runs the reads once before the transaction, for their faults only: an unknown parameter, a missing right, a resource that
 * is not there and that no entry is about to write.
 */
export const tryReads = async (
  reads: readonly Entry[],
  writing: readonly Entry[],
  permit: Permit,
  context: Context,
): Promise<void> => {
  const becoming = new Set(writing.map(({ request }) => request.path));
  for (const entry of reads)
    try {
      await context.dispatch(entry.request, permit);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const [type = '', id = ''] = entry.request.path.split('/');
      const isMissing = error.status === 404 || error.status === 410;
      if (!isMissing || !becoming.has(`${type}/${id}`)) throw atEntry(entry.place, error);
    }
};

export interface Found {
  readonly place: number;
  readonly answer: BundleEntry;
  readonly part: Part;
}

/** A failure now says so in its entry: what was written stays written. */
export const runReads = async (
  reads: readonly Entry[],
  written: readonly Written[],
  permit: Permit,
  context: Context,
): Promise<readonly Found[]> => {
  const identities = identitiesOf(written);
  const room = createAnswerRoom(context.limits);
  const found: Found[] = [];
  for (const { place, request } of reads) {
    // A search for what refers to a resource this transaction made can only name it as the Bundle does.
    const query = request.query.map(
      ([name, value]) => [name, identities.get(value) ?? value] as const,
    );
    const asked = { ...request, query };
    const run = () => context.dispatch(asked, permit);
    const answered = await room.read(run).then(
      (response) => ({ answer: answerEntry(response, request), part: partOf(asked, response) }),
      (error: unknown) => {
        const problem = asProblem(error);
        if (problem) return { answer: answerProblem(problem), part: partOf(asked, problem) };
        throw error;
      },
    );
    found.push({ place, ...answered });
  }
  return found;
};

const identitiesOf = (written: readonly Written[]): ReadonlyMap<string, string> =>
  new Map(
    written.flatMap(({ write, version }) =>
      write.entry.fullUrl !== undefined && version
        ? [[write.entry.fullUrl, `${version.type}/${version.id}`]]
        : [],
    ),
  );
