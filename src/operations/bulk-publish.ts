// $bulk-publish: the list of files that tell everybody where times are free. Nobody signs in for it.
// https://build.fhir.org/ig/HL7/smart-scheduling-links/en/specification.html

import { notSupported } from '../fhir/problem.ts';
import type { Handler } from '../interactions/types.ts';
import { manifestOf } from '../scheduling/publish/manifest.ts';
import { readInputs } from './parameters.ts';
import { publishedFor } from './scheduling/published-for.ts';
import type { Operation } from './types.ts';

/** "Servers are free to ignore this parameter": a full set is given. */
const table = [{ name: '_since', type: 'instant' }] as const;

const bulkPublish: Handler = async (request, _permit, context) => {
  if (request.method === 'POST' || request.nested)
    throw notSupported('$bulk-publish is asked by GET, by itself.');
  readInputs(request, table);
  const { regions, at } = await publishedFor(context);
  return {
    ...{ status: 200, isWhole: true, shown: [] },
    text: JSON.stringify(manifestOf(regions, { base: request.base, at })),
    headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=60' },
  };
};

export const bulkPublishOperation: Operation = {
  name: '$bulk-publish',
  definition: 'https://meridian.example/OperationDefinition/bulk-publish',
  levels: ['system'],
  affectsState: false,
  isOfOwnType: true,
  handler: bulkPublish,
};
