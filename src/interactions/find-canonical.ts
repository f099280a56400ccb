// Finds a definitional resource by its canonical. HL7's own stand as they are: what a client stores changes them for nobody.
// https://hl7.org/fhir/R4/references.html#canonical

import type { CanonicalResource, Definitions } from '../fhir/definitions/types.ts';
import type { Plan } from '../search/plan.ts';
import type { Registry } from '../search/registry.ts';
import { valueParams } from '../search/value-params.ts';
import type { ResourceStore, Version } from '../store/port.ts';

export interface Sources {
  readonly resources: ResourceStore;
  readonly definitions: Definitions;
  readonly registry: Registry;
}

export interface CanonicalFinder {
  /** HL7's own, else a stored one; without a version the newest is meant, of those that no organization keeps if there are. */
  readonly find: (canonical: string) => Promise<CanonicalResource | undefined>;
  /** Something definitional was written: what was not stored before may be now. */
  readonly forget: () => void;
}

export const createCanonicalFinder = ({
  resources,
  definitions,
  registry,
}: Sources): CanonicalFinder => {
  const params = definitions.resourceTypes
    .filter((type) => registry.parameter(type, 'url')?.type === 'uri')
    .flatMap((type) => valueParams(type, 'url', definitions));
  // Every coding of every write asks; most systems and value sets are not stored here.
  let notStored = new Set<string>();

  const findStored = async (
    canonical: string,
    counts: (version: Version) => boolean,
  ): Promise<CanonicalResource | undefined> => {
    const [url = '', version] = canonical.split('|', 2);
    const plan: Plan = { op: 'uri', params, match: 'equals', uri: url };
    const sort = [{ by: 'updated', direction: 'desc' }] as const;
    const { items } = await resources.search(plan, { sort, size: mostVersions });
    const stored = items
      .filter(counts)
      .toSorted((a, b) => Number(isCommon(b)) - Number(isCommon(a)))
      .map(({ text }) => JSON.parse(text) as CanonicalResource);
    return version === undefined ? stored[0] : stored.find((each) => each.version === version);
  };

  const findOwn = (canonical: string): CanonicalResource | undefined => {
    const own = definitions.canonical(canonical);
    const [, version] = canonical.split('|', 2);
    const isMeant = version === undefined || version === own?.version || namedByR4.has(version);
    return isMeant ? own : undefined;
  };

  return {
    find: async (canonical) => {
      const own = findOwn(canonical);
      if (own && !isOnlyNamed(own)) return own;
      // A search that began before `forget` fills the set of then, which nobody asks any more.
      const absent = notStored;
      const counts = own ? isCommon : () => true;
      const found = absent.has(canonical) ? undefined : await findStored(canonical, counts);
      if (!found && absent.size < mostRemembered && canonical.length <= longestRemembered)
        absent.add(canonical);
      return found ?? own;
    },
    forget: () => {
      notStored = new Set();
    },
  };
};

/** What the network itself keeps: no hospital's system can write that. */
const isCommon = ({ custodian }: Version): boolean => custodian === undefined;

/** A code system whose codes are not HL7's to publish, such as SNOMED CT. */
const isOnlyNamed = (own: CanonicalResource): boolean =>
  own.resourceType === 'CodeSystem' && own['content'] !== 'complete';

/** R4 names some of its own by versions they do not have: v3 value sets by its release, task-code by a build before it. */
const namedByR4: ReadonlySet<string> = new Set(['4.0.1', '3.6.0']);

const mostVersions = 50;
const mostRemembered = 10_000;
/** Characters. */
const longestRemembered = 1000;
