// Test key: by which code the results of one test belong together, and the address of their page.

import type { Coding, Observation } from 'fhir/r4';

const loinc = 'http://loinc.org';

/** LOINC before others; undefined where a result has no code. */
export const codingOf = ({ code }: Observation): Coding | undefined => {
  const codings = code.coding?.filter((coding) => coding.code !== undefined) ?? [];
  return codings.find(({ system }) => system === loinc) ?? codings[0];
};

/** Results with the same key are of the same test; without a code those with the same text. */
export const testKey = (observation: Observation): string => {
  const coding = codingOf(observation);
  return coding === undefined
    ? `text ${observation.code.text ?? observation.id ?? ''}`
    : `${coding.system ?? ''}|${coding.code ?? ''}`;
};

/** A code of another system than LOINC carries its system; a result without a code has only its own page. */
export const resultHref = (observation: Observation): string => {
  const coding = codingOf(observation);
  if (coding?.code === undefined) return `/record/Observation/${observation.id ?? ''}`;
  const path = `/results/${encodeURIComponent(coding.code)}`;
  if (coding.system === undefined || coding.system === loinc) return path;
  return `${path}?system=${encodeURIComponent(coding.system)}`;
};
