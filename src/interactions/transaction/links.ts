// Links: what references between the entries of a transaction become once every entry has its identity on this server.
// https://hl7.org/fhir/R4/http.html#trules

import { isObject } from '../../fhir/resource.ts';
import type { Entry } from '../bundle/read-entries.ts';

/** Which resource an entry is about after the transaction, and in which version. */
export interface Identity {
  readonly type: string;
  readonly id: string;
  readonly version: string;
}

export interface Linked {
  readonly entry: Entry;
  readonly identity: Identity;
}

export interface Links {
  /** What stands for a link inside the resource of this entry; undefined when it leads to no entry. */
  follow(link: string, from: Entry): string | undefined;
  /** The same for a canonical: only a `urn:` that is nothing but the address of an entry. */
  followCanonical(link: string): string | undefined;
}

export const linksOf = (linked: readonly Linked[], base: string): Links => {
  const identities = new Map<string, Identity>();
  const canonicals = new Map<string, Identity>();
  for (const { entry, identity } of linked) {
    for (const name of namesOf(entry, identity, base)) identities.set(name, identity);
    if (isTemporary(entry)) canonicals.set(entry.fullUrl!, identity);
  }
  const find = (link: string, from: Entry): Identity | undefined => {
    const root = rootOf(from, base);
    // A relative link is relative to the server its own resource was on.
    // https://hl7.org/fhir/R4/bundle.html#references
    const near =
      root !== undefined && /^[A-Z]/.test(link) ? identities.get(`${root}/${link}`) : undefined;
    return near ?? identities.get(localOf(link, base));
  };
  return {
    follow: (link, from) => {
      const direct = find(link, from);
      if (direct) return `${direct.type}/${direct.id}`;
      const fragment = link.indexOf('#');
      if (fragment > 0) {
        const whole = find(link.slice(0, fragment), from);
        return whole && `${whole.type}/${whole.id}${link.slice(fragment)}`;
      }
      const history = link.indexOf('/_history/');
      const versioned = history > 0 ? find(link.slice(0, history), from) : undefined;
      // "Version-specific references should remain as version-specific references after the references have been updated."
      return versioned && `${versioned.type}/${versioned.id}/_history/${versioned.version}`;
    },
    followCanonical: (link) => {
      const identity = canonicals.get(link);
      return identity && `${identity.type}/${identity.id}`;
    },
  };
};

/** Every text by which other entries may mean this one. */
const namesOf = (
  { fullUrl, request }: Entry,
  identity: Identity,
  base: string,
): readonly string[] => {
  const own = request.body?.plain.id;
  const names = [];
  if (fullUrl !== undefined) names.push(localOf(fullUrl, base));
  else if (own !== undefined) names.push(`${identity.type}/${own}`);
  // What the client addressed by its id here is meant by that id as well.
  if (request.method !== 'POST') names.push(`${identity.type}/${identity.id}`);
  return names;
};

const localOf = (link: string, base: string): string =>
  link.startsWith(`${base}/`) ? link.slice(base.length + 1) : link;

/** The other server an entry's resource comes from, if its fullUrl is of the form `[root]/[type]/[id]`. */
const rootOf = ({ fullUrl }: Entry, base: string): string | undefined => {
  const found =
    fullUrl === undefined ? null : /^(https?:\/\/.+)\/[A-Z][A-Za-z]+\/[^/]+$/.exec(fullUrl);
  return found && found[1] !== base ? found[1] : undefined;
};

/** A resource that has the same urn as its own `url` has it as its name, and its name stays. */
const isTemporary = ({ fullUrl, request }: Entry): boolean =>
  fullUrl !== undefined &&
  fullUrl.startsWith('urn:') &&
  !(isObject(request.body?.plain) && request.body.plain['url'] === fullUrl);
