// with-availability: a validation that finds what is wrong with the rules of a Schedule, too, so that none is stored whose
// visits nobody could book.

import { Problem, type Issue } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Validate } from '../interactions/types.ts';
import { readRules } from './rules.ts';

export const withAvailability =
  (validate: Validate): Validate =>
  async (document, options) => [
    ...(await validate(document, options)),
    ...faultsOf(document.plain),
  ];

const faultsOf = (resource: Resource): readonly Issue[] => {
  if (resource.resourceType !== 'Schedule') return [];
  try {
    readRules(resource);
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.issues;
    throw error;
  }
};
