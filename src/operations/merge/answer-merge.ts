// answer-merge: what became of a merge, in words, with the resources that tell it.
// https://hl7.org/fhir/R5/patient-operation-merge.html

import { outcomeOf } from '../../fhir/outcome.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { FhirResponse } from '../../interactions/types.ts';

/** `review` names what was changed since. */
export const answerMerge = (
  words: string,
  resources: readonly Resource[],
  review: readonly string[] = [],
): FhirResponse => {
  const outcome = outcomeOf([
    { severity: 'information', code: 'informational', diagnostics: words },
    ...review.map((key) => ({
      ...({ severity: 'warning', code: 'incomplete' } as const),
      diagnostics: `${key} was changed after the merge and stays where it is; look whose it is.`,
    })),
  ]);
  const names: Readonly<Record<string, string>> = { Patient: 'result', Task: 'task' };
  const parameter = [
    { name: 'outcome', resource: outcome },
    ...resources.map((resource) => ({ name: names[resource.resourceType]!, resource })),
  ];
  return { status: 200, text: JSON.stringify({ resourceType: 'Parameters', parameter }) };
};
