// $published: one of the files that $bulk-publish lists: Locations, Schedules, or the Slots of some Schedules in a week.
// https://build.fhir.org/ig/HL7/smart-scheduling-links/en/specification.html

import { Readable } from 'node:stream';
import { invalid, notSupported } from '../fhir/problem.ts';
import type { Context, FhirRequest, Handler } from '../interactions/types.ts';
import { locationLines, scheduleLines, slotLines } from '../scheduling/publish/lines.ts';
import {
  publishedWeeks,
  schedulesInFile,
  weekMilliseconds,
} from '../scheduling/publish/manifest.ts';
import type { Region } from '../scheduling/publish/regions.ts';
import { readInputs, readNumber, readText, type Inputs } from './parameters.ts';
import { publishedFor } from './scheduling/published-for.ts';
import type { Operation } from './types.ts';

const table = [
  { name: 'state', type: 'string' },
  { name: 'part', type: 'positiveInt' },
  { name: 'from', type: 'date' },
] as const;

const published: Handler = async (request, _permit, context) => {
  if (request.method === 'POST' || request.nested)
    throw notSupported('$published is asked by GET, by itself.');
  const inputs = readInputs(request, table);
  const from = request.type === 'Slot' ? readFrom(inputs, context.now()) : 0;
  const { regions } = await publishedFor(context);
  const state = readText(inputs, 'state') ?? '';
  // What is published no more is an empty file.
  const region = regions.find((each) => each.state === state) ?? { ...nothing, state };
  const part = readNumber(inputs, 'part') ?? 1;
  return {
    ...{ status: 200, shown: [] },
    bytes: Readable.from(linesOf(region, { request, part, from }, context)).map((line: string) =>
      Buffer.from(line),
    ),
    headers: { 'content-type': 'application/fhir+ndjson', 'cache-control': 'public, max-age=60' },
  };
};

const nothing = { places: [], schedules: [] };

interface File {
  readonly request: FhirRequest;
  readonly part: number;
  readonly from: number;
}

const linesOf = (
  region: Region,
  { request: { type, base }, part, from }: File,
  context: Context,
): Iterable<string> | AsyncIterable<string> => {
  if (type === 'Location') return locationLines(region);
  if (type === 'Schedule') return scheduleLines(region);
  const schedules = region.schedules.slice((part - 1) * schedulesInFile, part * schedulesInFile);
  const within = { start: from, end: from + weekMilliseconds };
  return slotLines(schedules, { within, base }, context);
};

/** The first day of one of the weeks that are published. */
const readFrom = (inputs: Inputs, now: number): number => {
  const from = Date.parse(readText(inputs, 'from') ?? '');
  const last = now + publishedWeeks * weekMilliseconds;
  if (from > now - weekMilliseconds && from <= last) return from;
  throw invalid("Parameter 'from' is the first day of a week that $bulk-publish lists.", 'from');
};

export const publishedOperation: Operation = {
  name: '$published',
  definition: 'https://meridian.example/OperationDefinition/published',
  levels: ['type'],
  types: ['Location', 'Schedule', 'Slot'],
  affectsState: false,
  isOfOwnType: true,
  handler: published,
};
