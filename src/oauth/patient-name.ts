// Patient name: how a page calls a patient: the official name, else the usual, else the first.
// https://hl7.org/fhir/R4/datatypes.html#HumanName

import type { Resource } from '../fhir/resource.ts';

interface Name {
  readonly use?: string;
  readonly text?: string;
  readonly given?: readonly string[];
  readonly family?: string;
}

export const nameOf = (patient: Resource): string => {
  const names = (patient['name'] ?? []) as readonly Name[];
  const best =
    names.find(({ use }) => use === 'official') ??
    names.find(({ use }) => use === 'usual') ??
    names[0];
  const text = best?.text ?? [...(best?.given ?? []), best?.family ?? ''].join(' ').trim();
  return text === '' ? 'Name not known' : text;
};
