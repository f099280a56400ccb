// Subjects: whose records a row is about. A patient's record is what lies in the Patient's compartment.
// https://hl7.org/fhir/R4/compartmentdefinition-patient.html

import { readReference } from '../fhir/reference.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Registry } from '../search/registry.ts';
import type { Key, ResourceStore, Version } from '../store/port.ts';

/** `Patient/1`, … for each of the names `Type/id/version` or `Type/id`; names of what is not there have none. */
export type Subjects = (names: Iterable<string>) => Promise<ReadonlyMap<string, readonly string[]>>;

/** What was looked up is kept: the same versions are read again and again, and none ever changes. */
const keptNames = 20_000;

export const createSubjects = (
  resources: Pick<ResourceStore, 'read'>,
  registry: Pick<Registry, 'extract'>,
): Subjects => {
  const kept = new Map<string, readonly string[]>();

  const patientsOf = (version: Version, text: string): readonly string[] => {
    // A Patient that is linked to others is in their compartments; it still is one patient's record.
    if (version.type === 'Patient') return [nameOf(version)];
    const entries = text === '' ? [] : registry.extract(JSON.parse(text) as Resource);
    const compartments = entries.flatMap((entry) =>
      entry.kind === 'reference' && entry.param === 'Resource._compartment' ? [entry.target] : [],
    );
    return [...new Set(compartments.filter((name) => name.startsWith('Patient/')))];
  };

  const lookUp = async (
    names: readonly string[],
  ): Promise<readonly (readonly [string, readonly string[]])[]> => {
    const found = await resources.read(names.map(keyOf));
    // A deletion has no text; whose record it was, the version before tells.
    const lost = found.flatMap((version) => (version?.deleted ? [before(version)] : []));
    const last = lost.length > 0 ? await resources.read(lost) : [];
    const texts = new Map(last.flatMap((each) => (each ? [[nameOf(each), each.text]] : [])));
    return found.map((version, place) => {
      if (!version) return [names[place]!, []];
      const text = version.deleted ? texts.get(nameOf(version)) : version.text;
      return [names[place]!, patientsOf(version, text ?? '')];
    });
  };

  return async (names) => {
    const asked = [...new Set(names)];
    const unknown = asked.filter((name) => !kept.has(name));
    const looked = unknown.length > 0 ? await lookUp(unknown) : [];
    const answer = new Map([
      ...asked.map((name) => [name, kept.get(name) ?? []] as const),
      ...looked,
    ]);
    if (kept.size > keptNames) kept.clear();
    // What has no version is looked up anew each time.
    for (const [name, patients] of looked) if (isVersioned(name)) kept.set(name, patients);
    return answer;
  };
};

const isVersioned = (name: string): boolean => name.split('/').length === 3;

const keyOf = (name: string): Key => {
  const [type = '', id = '', version] = name.split('/');
  return { type, id, ...(version === undefined ? {} : { version }) };
};

const nameOf = ({ type, id }: Key): string => `${type}/${id}`;

const before = ({ type, id, version }: Required<Key>): Required<Key> => ({
  ...{ type, id },
  version: String(Number(version) - 1),
});

/** The resource an address is about: `Observation/1/_history/2` is about `Observation/1`. */
export const resourceAt = (path: string): string | undefined => {
  const [type = '', id = ''] = path.split('/');
  const found = readReference(`${type}/${id}`);
  return found && `${found.type}/${found.id}`;
};
