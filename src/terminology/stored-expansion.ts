// A stored expansion: it stands in for a compose that is missing or cannot be computed here.
// https://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.expansion

import type { CanonicalResource } from '../fhir/definitions/types.ts';
import { listed, optional, text } from './code-system.ts';
import type { Part } from './parts.ts';
import type { Concept } from './types.ts';

type Clause = Readonly<Record<string, unknown>>;

/** undefined when there is none, or an empty one. */
export const storedExpansion = (resource: CanonicalResource): Part | undefined => {
  const expansion = resource['expansion'] as Clause | undefined;
  const concepts = flatten(listed(expansion?.['contains']));
  if (concepts.length === 0) return undefined;
  const codes = new Set(concepts.flatMap(({ system, code }) => [`${system}|${code}`, code]));
  const total = expansion?.['total'];
  const isWhole = typeof total !== 'number' || total <= concepts.length;
  return {
    contains: ({ system, code = '' }) =>
      codes.has(system === undefined ? code : `${system}|${code}`) || (isWhole ? false : undefined),
    list: () => (isWhole ? concepts : undefined),
    obstacles: isWhole ? [] : ['Its stored expansion is one page of several.'],
    systems: [...new Set(concepts.map(({ system }) => system))],
  };
};

const flatten = (entries: readonly Clause[]): Concept[] =>
  entries.flatMap((entry) => {
    const code = text(entry['code']);
    const inner = flatten(listed(entry['contains']));
    if (code === undefined) return inner;
    return [
      {
        system: text(entry['system']) ?? '',
        code,
        ...optional('version', text(entry['version'])),
        ...optional('display', text(entry['display'])),
        designation: listed(entry['designation']),
        properties: [],
        abstract: entry['abstract'] === true,
        inactive: entry['inactive'] === true,
      },
      ...inner,
    ];
  });
