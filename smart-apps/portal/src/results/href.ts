// Href: the address of the page of a test, with all its results.

import { codingOf } from '@meridian/ui/record/test-key.ts';
import type { Observation } from 'fhir/r4';

export const loinc = 'http://loinc.org';

/** A code of another system than LOINC carries its system, or that it has none; without a code a result has only its own page. */
export const resultHref = ({ id = '', code }: Observation): string => {
  const coding = codingOf(code);
  if (coding?.code === undefined) return `/record/Observation/${id}`;
  const path = `/results/${encodeURIComponent(coding.code)}`;
  return coding.system === loinc
    ? path
    : `${path}?system=${encodeURIComponent(coding.system ?? '')}`;
};
