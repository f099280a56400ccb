// unknown-parameter: the 400 for a parameter that a type does not have, with what may have been meant.
// https://hl7.org/fhir/R4/search.html#errors

import { nearest } from '../fhir/nearest.ts';
import { notSupported, type Problem } from '../fhir/problem.ts';
import type { Registry } from './registry.ts';

/** R4 defines these for all resources; this server does not search by them. */
export const refusedParameters: Readonly<Record<string, string>> = {
  _text: 'full text search is not offered',
  _content: 'full text search is not offered',
  _filter: 'write the conditions as parameters of their own',
  _list: 'search with _has:List:item:_id instead',
  _query: 'there are no named queries',
  _contained: 'contained resources are not searched on their own',
  _containedType: 'contained resources are not searched on their own',
};

/** `not-supported`, which lenient handling ignores. */
export const unknownParameter = (
  code: string,
  types: readonly string[],
  registry: Registry,
): Problem => {
  const refused = Object.hasOwn(refusedParameters, code) ? refusedParameters[code] : undefined;
  if (refused !== undefined)
    return notSupported(`Parameter '${code}' is not supported: ${refused}.`);
  const special = code === 'near' && types.includes('Location');
  if (special)
    return notSupported("Parameter 'near' is not supported: positions are not searched.");
  const codes = new Set(types.flatMap((type) => [...registry.parameters(type).keys()]));
  if (types.length > 1 && codes.has(code))
    return notSupported(
      `Parameter '${code}' is not common to all the types searched; name the types that have it in _type.`,
    );
  const meant = nearest(code, codes);
  const where = types.length === 1 ? types[0]! : 'the types searched';
  const hint = meant === undefined ? '' : `; did you mean '${meant}'?`;
  return notSupported(`Parameter '${code}' is not known for ${where}${hint === '' ? '.' : hint}`);
};
