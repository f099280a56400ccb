// Latest: of results that come newest first, the first of each test, and how many of the test there are among them.

import { testKeyOf } from '@meridian/ui/record/test-key.ts';
import type { Observation } from 'fhir/r4';

export interface Latest {
  readonly latest: Observation;
  readonly count: number;
}

export const latestOfEach = (observations: readonly Observation[]): readonly Latest[] => {
  const tests = new Map<string, Latest>();
  for (const observation of observations) {
    const key = testKeyOf(observation);
    const before = tests.get(key);
    tests.set(key, {
      latest: before?.latest ?? observation,
      count: (before?.count ?? 0) + 1,
    });
  }
  return [...tests.values()];
};
