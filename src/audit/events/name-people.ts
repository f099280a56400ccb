// Name people: the names of those who act, so that a patient can read who it was without reading their resources.

import { isObject, type Resource } from '../../fhir/resource.ts';
import type { ResourceStore } from '../../store/port.ts';
import type { Who } from '../row.ts';

/** Adds what is missing to the names by reference, and gives all that are known. */
export type NamePeople = (
  whos: readonly (Who | undefined)[],
) => Promise<ReadonlyMap<string, string>>;

/** A name that changes is told anew after so long. */
const keptMilliseconds = 600_000;

export const createNamePeople = (resources: Pick<ResourceStore, 'read'>): NamePeople => {
  let names = new Map<string, string>();
  let asked = new Set<string>();
  let since = performance.now();
  return async (whos) => {
    if (performance.now() - since > keptMilliseconds) {
      names = new Map();
      asked = new Set();
      since = performance.now();
    }
    const references = new Set(whos.flatMap((who) => [who?.f, who?.o]));
    const wanted = [...references].filter((each) => each !== undefined && !asked.has(each));
    if (wanted.length === 0) return names;
    const keys = wanted.map((reference) => {
      const [type = '', id = ''] = reference!.split('/');
      return { type, id };
    });
    for (const version of await resources.read(keys)) {
      const name = version && !version.deleted ? nameIn(version.text) : undefined;
      if (version && name) names.set(`${version.type}/${version.id}`, name);
    }
    for (const reference of wanted) asked.add(reference!);
    return names;
  };
};

const nameIn = (text: string): string | undefined => {
  const { name } = JSON.parse(text) as Resource;
  if (typeof name === 'string') return name;
  const first: unknown = Array.isArray(name) ? name[0] : undefined;
  if (!isObject(first)) return undefined;
  const { text: whole, given, family, prefix } = first;
  if (typeof whole === 'string') return whole;
  const parts = [prefix, given, family].flat().filter((part) => typeof part === 'string');
  return parts.length > 0 ? parts.join(' ') : undefined;
};
