// Batch: each entry on its own, as if it had come alone; one that fails changes nothing for the others.
// https://hl7.org/fhir/R4/http.html#brules

import type { Permit } from '../access/permit.ts';
import { bundleText, type BundleEntry } from '../fhir/bundle.ts';
import { Problem } from '../fhir/problem.ts';
import { answerEntry, answerProblem, partOf } from './bundle/answer-entry.ts';
import { createAnswerRoom, isRead, type AnswerRoom } from './bundle/answer-room.ts';
import { atEntry } from './bundle/at-entry.ts';
import { rawEntries, readEntry, type Entry } from './bundle/read-entries.ts';
import { asProblem } from './failure.ts';
import { bodyOf } from './parts.ts';
import type { Context, FhirRequest, Handler, Part } from './types.ts';

export const batch: Handler = async (request, permit, context) => {
  const raw = rawEntries(bodyOf(request), context.limits.entries);
  const answers = Array<BundleEntry>(raw.length);
  const parts: Part[] = [];
  const entries = raw.flatMap((each): Entry[] => {
    try {
      return [readEntry(each, request, context)];
    } catch (error) {
      answers[each.place] = answerProblem(problemOf(error, each.place, context));
      return [];
    }
  });
  const room = createAnswerRoom(context.limits);
  // "Servers execute the batch in the same order as that specified for transactions."
  for (const methods of stages) {
    const stage = entries.filter((entry) => methods.includes(entry.request.method));
    await runStage(stage, async (entry) => {
      const { answer, part } = await runEntry(entry, { room, permit, context });
      answers[entry.place] = answer;
      parts.push(part);
    });
  }
  const text = bundleText({ type: 'batch-response', id: context.newId(), entries: answers });
  return { status: 200, text, parts: { kind: 'batch', list: parts } };
};

const stages: readonly (readonly FhirRequest['method'][])[] = [
  ['DELETE'],
  ['POST'],
  ['PUT', 'PATCH'],
  ['GET', 'HEAD'],
];

interface Around {
  readonly room: AnswerRoom;
  readonly permit: Permit;
  readonly context: Context;
}

const runEntry = async (
  { place, request }: Entry,
  { room, permit, context }: Around,
): Promise<{ readonly answer: BundleEntry; readonly part: Part }> => {
  try {
    // The whole resource comes back in any case; the entry shows what the client prefers.
    const handling = request.headers['prefer']?.replace(/return\s*=\s*"?\w+"?/, '') ?? '';
    const headers = { ...request.headers, prefer: `return=representation,${handling}` };
    const run = () => context.dispatch({ ...request, headers }, permit);
    const response = await (isRead(request) ? room.read(run) : run());
    return { answer: answerEntry(response, request), part: partOf(request, response) };
  } catch (error) {
    const problem = problemOf(error, place, context);
    return { answer: answerProblem(problem), part: partOf(request, problem) };
  }
};

/** A fault of ours is told by its status alone; the report keeps its reason for the operator. */
const problemOf = (error: unknown, place: number, { report }: Pick<Context, 'report'>): Problem => {
  const problem = asProblem(error);
  if (problem) return atEntry(place, problem);
  if (!report) throw error;
  report(error);
  const diagnostics = 'The server failed on this entry.';
  return atEntry(place, new Problem(500, [{ severity: 'fatal', code: 'exception', diagnostics }]));
};

/**
 * Some at a time, so that they share commits; entries on the same address one after the other, in their order, so that the
 * last one given is the last one written.
 */
const runStage = async (
  stage: readonly Entry[],
  run: (entry: Entry) => Promise<void>,
): Promise<void> => {
  const lines = [...Map.groupBy(stage, lineOf).values()];
  const next = lines.values();
  const worker = async (): Promise<void> => {
    for (const line of next) for (const entry of line) await run(entry);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

const atOnce = 16;

const lineOf = ({ request: { method, path }, place }: Entry): string =>
  method === 'POST' ? String(place) : path;
