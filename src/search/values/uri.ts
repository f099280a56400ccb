// uri: matched literally, or by path with :below and :above.
// https://hl7.org/fhir/R4/search.html#uri

import type { Element } from '../../fhir/path/compile.ts';
import { unescape } from '../escape.ts';
import type { UriEntry } from '../entry.ts';
import type { UriLeaf } from '../plan.ts';
import type { Place, Read, ValueType } from './types.ts';

/** A canonical with a version (`meta.profile`) is found without it too. */
const index = ({ value, type }: Element, { param, n }: Place): readonly UriEntry[] => {
  if (typeof value !== 'string' || value === '') return [];
  const entry: UriEntry = { kind: 'uri', param, n, uri: value };
  const bar = type === 'canonical' ? value.lastIndexOf('|') : -1;
  return bar > 0 ? [entry, { ...entry, uri: value.slice(0, bar) }] : [entry];
};

const equals: Read = (text, { params }): UriLeaf => ({
  op: 'uri',
  params,
  match: 'equals',
  uri: unescape(text),
});

/** `http://acme.org/fhir/` and `http://acme.org/fhir` are the same branch; a scheme alone is the root of its urls. */
const below: Read = (text, { params }): UriLeaf => {
  const uri = unescape(text);
  const branch = uri.replace(/\/+$/, '');
  return { op: 'uri', params, match: 'below', uri: branch.includes(':') ? branch : `${branch}:/` };
};

const above: Read = (text, { params }): UriLeaf => ({
  op: 'uri',
  params,
  match: 'above',
  uri: unescape(text),
});

export const uri: ValueType = {
  kind: 'uri',
  index,
  readers: { '': equals, below, above },
};
