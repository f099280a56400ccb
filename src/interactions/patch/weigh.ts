// Refuses a JSON value that a patch made too heavy or too deep: copying a value into itself doubles it each time.

import { isObject } from '../../fhir/resource.ts';
import { tooCostly } from '../../fhir/problem.ts';

export interface PatchLimits {
  /** How heavy (in characters of JSON, about) the patched value may become. */
  readonly bodyBytes: number;
  readonly depth: number;
}

/** Throws 400 when the value is above a limit; looks at no more of it than the limit allows. */
export const weigh = (value: unknown, limits: PatchLimits): void => {
  let left = limits.bodyBytes;
  const visit = (part: unknown, depth: number): void => {
    if (depth > limits.depth)
      throw tooCostly(`The patched resource is nested deeper than ${String(limits.depth)} levels.`);
    left -= typeof part === 'string' ? part.length + 3 : 4;
    if (left < 0)
      throw tooCostly(`The patched resource is larger than ${String(limits.bodyBytes)} bytes.`);
    if (Array.isArray(part)) for (const element of part) visit(element, depth + 1);
    else if (isObject(part))
      for (const name of Object.keys(part)) {
        left -= name.length;
        visit(part[name], depth + 1);
      }
  };
  visit(value, 0);
};
