// $meta: the profiles, tags and security labels of a resource or of one version of it, or those in use on a type or on the whole server.
// https://hl7.org/fhir/R4/resource-operation-meta.html

import { setImmediate } from 'node:timers/promises';
import type { Permit } from '../access/permit.ts';
import { restrict } from '../access/restrict.ts';
import { gone, notFound, tooCostly } from '../fhir/problem.ts';
import type { Meta } from '../fhir/resource.ts';
import { locate, locateVersion } from '../interactions/locate.ts';
import { keyOf } from '../interactions/parts.ts';
import type { Context, FhirRequest, Handler } from '../interactions/types.ts';
import { or, type Plan } from '../search/plan.ts';
import type { Registry } from '../search/registry.ts';
import type { Position } from '../search/window.ts';
import { collectLabels, metaIn } from './meta/labels.ts';
import { answerWith, readInputs } from './parameters.ts';
import type { Operation } from './types.ts';

const handler: Handler = async (request, permit, context) => {
  readInputs(request, []);
  const meta =
    request.id === undefined
      ? await metaInUse(request, permit, context)
      : await metaOf(request, permit, context);
  return answerWith([{ name: 'return', valueMeta: meta }]);
};

/** Of the current version, or of the one the address names. */
const metaOf = async (request: FhirRequest, permit: Permit, context: Context): Promise<Meta> => {
  const { type, id } = keyOf(request);
  const { version } = request;
  const found = await (version === undefined
    ? locate({ type, id }, permit, context)
    : locateVersion({ type, id, version }, permit, context));
  const name = version === undefined ? id : `${id}/_history/${version}`;
  if (!found) throw notFound(type, name);
  if (found.deleted) throw gone(type, name);
  return metaIn(found.text);
};

/** Goes over the resources that have a label at all, so its time grows with their number: the limit of a search holds. */
const metaInUse = async (
  { type }: FhirRequest,
  permit: Permit,
  { store, definitions, registry, limits, now }: Context,
): Promise<Meta> => {
  const types = type === undefined ? definitions.resourceTypes : [type];
  const plan = restrict(labelled(types, registry), types, permit);
  const end = now() + limits.searchSeconds * 1000;
  const labels = collectLabels();
  let after: Position | undefined;
  do {
    const window = { sort: [], size: 500, ...(after ? { after } : {}) };
    const page = await store.resources.search(plan, window);
    for (const { text } of page.items) labels.add(metaIn(text));
    after = page.next;
    if (now() > end)
      throw tooCostly(
        'There are too many labelled resources to look at within LIMIT_SEARCH_SECONDS; ask type by type.',
      );
    await setImmediate();
  } while (after);
  return labels.all();
};

/** Resources with a value of one of the parameters that look at labels. */
const labelled = (types: readonly string[], registry: Registry): Plan =>
  or(
    ...['_tag', '_security', '_profile'].flatMap((code): Plan[] => {
      const having = types.filter((type) => registry.parameter(type, code));
      const kind = registry.parameter(having[0] ?? '', code)?.type;
      if (kind !== 'token' && kind !== 'uri' && kind !== 'reference') return [];
      return [{ op: 'present', kind, params: having.map((type) => `${type}.${code}`) }];
    }),
  );

export const meta: Operation = {
  name: '$meta',
  definition: 'http://hl7.org/fhir/OperationDefinition/Resource-meta',
  levels: ['system', 'type', 'instance', 'version'],
  affectsState: false,
  right: 'read',
  handler,
};
