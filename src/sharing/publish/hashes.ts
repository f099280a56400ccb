// Hashes: the index values by which a document is recognised that was filed before.

import type { Resource } from '../../fhir/resource.ts';
import { isObject } from '../../fhir/resource.ts';
import type { Registry } from '../../search/registry.ts';

/** The index param of the hashes of a DocumentReference. No client can search by it. */
export const hashParam = 'DocumentReference._hash';

/** A registry that also gives them. */
export const withHashes = (registry: Registry): Registry => ({
  ...registry,
  extract: (resource, custodian) => {
    const entries = registry.extract(resource, custodian);
    if (resource.resourceType !== 'DocumentReference') return entries;
    const hashes = hashesOf(resource).map((code) => ({
      ...({ kind: 'token', param: hashParam, n: 0, system: '', code } as const),
    }));
    return [...entries, ...hashes];
  },
});

/** Each once, in a fixed order; [] for a document that does not say. */
export const hashesOf = ({ content }: Resource): readonly string[] => {
  const attachments = (Array.isArray(content) ? content : []).flatMap((each: unknown) =>
    isObject(each) && isObject(each['attachment']) ? [each['attachment']] : [],
  );
  const hashes = attachments.flatMap(({ hash }) =>
    typeof hash === 'string' && hash.length <= longest ? [hash] : [],
  );
  return [...new Set(hashes)].sort();
};

// A SHA-1 in base64 has 28.
const longest = 64;
