// Refuses a JSON value that a patch makes too heavy or too deep: copying a value into itself doubles it each time.

import { isObject } from '../../fhir/resource.ts';
import { tooCostly } from '../../fhir/problem.ts';

export interface PatchLimits {
  /** How heavy (in characters of JSON, about) the patched value may become. */
  readonly bodyBytes: number;
  readonly depth: number;
}

/** Throws 400 when the value is above a limit; looks at no more of it than the limit allows. */
export const weigh = (value: unknown, limits: PatchLimits): void => {
  createScale(limits)(value, 0);
};

/** Puts a value on the scale, as deep as it will stand. Throws 400 when all values together are too heavy, or one too deep. */
export type Scale = (value: unknown, depth: number) => void;

export const createScale = ({ bodyBytes, depth: deepest }: PatchLimits): Scale => {
  let left = bodyBytes;
  const put: Scale = (part, depth) => {
    if (depth > deepest)
      throw tooCostly(
        `The patched resource is nested deeper than ${String(deepest)} levels (LIMIT_DEPTH).`,
      );
    left -= typeof part === 'string' ? part.length + 3 : 4;
    if (left < 0)
      throw tooCostly(
        `The patched resource is larger than ${String(bodyBytes)} bytes (LIMIT_BODY_BYTES).`,
      );
    if (Array.isArray(part)) for (const element of part) put(element, depth + 1);
    else if (isObject(part))
      for (const name of Object.keys(part)) {
        left -= name.length;
        put(part[name], depth + 1);
      }
  };
  return put;
};

/** Each operation may look at all of the resource, so a patch is of a few of them; what changes more is sent by PUT. */
const mostOperations = 1000;

export const checkOperations = (count: number): void => {
  if (count > mostOperations)
    throw tooCostly(
      `The patch has ${String(count)} operations; at most ${String(mostOperations)} are done. Send the resource with PUT.`,
    );
};
