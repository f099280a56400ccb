// Transaction: all entries of a Bundle or none of them, whatever their order.
// https://hl7.org/fhir/R4/http.html#transaction

import type { Permit } from '../access/permit.ts';
import { bundleText } from '../fhir/bundle.ts';
import { Problem } from '../fhir/problem.ts';
import { Conflict } from '../store/port.ts';
import { isRead } from './bundle/answer-room.ts';
import { atEntry } from './bundle/at-entry.ts';
import { rawEntries, readEntry, type Entry } from './bundle/read-entries.ts';
import { asProblem } from './failure.ts';
import { bodyOf } from './parts.ts';
import { answerWrite } from './transaction/answer.ts';
import { commitWrites, type Written } from './transaction/commit.ts';
import { draftDocuments } from './transaction/documents.ts';
import { runReads, tryReads } from './transaction/reads.ts';
import { planWrites } from './transaction/plan-writes.ts';
import type { Context, FhirRequest, Handler, Part } from './types.ts';

export const transaction: Handler = async (request, permit, context) => {
  const published = await context.publish?.(request, permit, context);
  if (published) return published;
  const entries = readAll(request, context);
  const reads = entries.filter((entry) => isRead(entry.request));
  const writing = entries.filter((entry) => !isRead(entry.request));
  await tryReads(reads, writing, permit, context);

  const written = await writeEntries(writing, request, permit, context);
  const found = await runReads(reads, written, permit, context);
  const answers = [
    ...written.map((each) => ({ place: each.write.entry.place, ...answerWrite(each, request) })),
    ...found.map(({ place, answer }) => ({ place, ...answer })),
  ].sort((one, other) => one.place - other.place);
  const text = bundleText({
    ...{ type: 'transaction-response', id: context.newId(), entries: answers },
  });
  const list = [...written.map(partOf), ...found.map(({ part }) => part)];
  return { status: 200, text, parts: { kind: 'transaction', list } };
};

const partOf = ({ write, version }: Written): Part => ({
  request: write.entry.request,
  status: 200,
  shown: version ? [version] : [],
});

export const readAll = (request: FhirRequest, context: Context): readonly Entry[] =>
  rawEntries(bodyOf(request), context.limits.entries).map((raw) => {
    try {
      return readEntry(raw, request, context);
    } catch (error) {
      throw error instanceof Problem ? atEntry(raw.place, error) : error;
    }
  });

/**
 * All or none, in the order of the entries. Each try resolves everything anew: what criteria and references mean may be what
 * the other writer changed.
 */
export const writeEntries = async (
  entries: readonly Entry[],
  request: FhirRequest,
  permit: Permit,
  context: Context,
): Promise<readonly Written[]> => {
  for (let tries = 1; ; tries += 1) {
    try {
      const writes = await planWrites(entries, permit, context);
      const documents = await draftDocuments(writes, request.base, permit, context);
      return await commitWrites(writes, { ...documents, request }, permit, context);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      if (tries === most) throw lost(error);
    }
  }
};

const lost = (conflict: Conflict): Problem => {
  const problem = asProblem(conflict)!;
  return conflict.change < 0 ? problem : atEntry(conflict.change, problem);
};

// Each try of a large transaction is a second's work, so it ends sooner than that of a single write.
const most = 16;
