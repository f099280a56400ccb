// Labels: the profiles, tags and security labels of a meta, as the sets that they are.
// https://hl7.org/fhir/R4/resource-operation-meta-add.html

import type { Coding, Meta, Resource } from '../../fhir/resource.ts';

export const metaIn = (text: string): Meta => (JSON.parse(text) as Resource).meta ?? {};

/** Gathers the labels of many resources, each once. */
export const collectLabels = (): { add(meta: Meta): void; all(): Meta } => {
  const profiles = new Set<string>();
  const security = new Map<string, Coding>();
  const tags = new Map<string, Coding>();
  const put = (into: Map<string, Coding>, coding: Coding): void => {
    if (!into.has(codingKey(coding))) into.set(codingKey(coding), coding);
  };
  return {
    add: (meta) => {
      for (const profile of meta.profile ?? []) profiles.add(profile);
      for (const coding of meta.security ?? []) put(security, coding);
      for (const coding of meta.tag ?? []) put(tags, coding);
    },
    all: () =>
      withoutEmpty({
        ...{ profile: [...profiles], security: [...security.values()], tag: [...tags.values()] },
      }),
  };
};

/** The first with those of the second it does not have yet; everything else of the first is kept as it is. */
export const addLabels = (to: Meta, labels: Meta): Meta =>
  combine(to, labels, (own, others, keyOf) => {
    const known = new Set(own.map(keyOf));
    const fresh = others.filter((other) => {
      const key = keyOf(other);
      if (known.has(key)) return false;
      known.add(key);
      return true;
    });
    return fresh.length === 0 ? own : [...own, ...fresh];
  });

/** The first without those of the second. */
export const removeLabels = (from: Meta, labels: Meta): Meta =>
  combine(from, labels, (own, others, keyOf) => {
    const unwanted = new Set(others.map(keyOf));
    return own.filter((each) => !unwanted.has(keyOf(each)));
  });

type Combine = <T>(
  own: readonly T[],
  others: readonly T[],
  keyOf: (label: T) => string,
) => readonly T[];

const combine = (meta: Meta, labels: Meta, by: Combine): Meta => {
  const combined = {
    profile: by(meta.profile ?? [], labels.profile ?? [], (profile) => profile),
    security: by(meta.security ?? [], labels.security ?? [], codingKey),
    tag: by(meta.tag ?? [], labels.tag ?? [], codingKey),
  };
  return withoutEmpty({ ...meta, ...combined });
};

const withoutEmpty = (meta: Meta): Meta =>
  Object.fromEntries(
    Object.entries(meta).filter(([, member]) => !Array.isArray(member) || member.length > 0),
  );

/** "The identity of a tag or security label is the system+code … version and display are ignored." */
const codingKey = ({ system = '', code = '' }: Coding): string => `${system}|${code}`;
