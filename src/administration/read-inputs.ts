// Reads what a command was given: a required value, or the sentence that it is missing.

import { invalid } from '../fhir/problem.ts';
import { readText, type Inputs } from '../operations/parameters.ts';

/** Throws 400 naming the parameter. */
export const required = (inputs: Inputs, name: string): string => {
  const value = readText(inputs, name);
  if (value === undefined) throw invalid(`Parameter '${name}' is missing.`, name);
  return value;
};

/** One of the words. Throws 400 with all of them. */
export const oneOf = <T extends string>(inputs: Inputs, name: string, words: readonly T[]): T => {
  const value = required(inputs, name);
  const found = words.find((word) => word === value);
  if (found === undefined)
    throw invalid(`Parameter '${name}' must be one of ${words.join(', ')}, not '${value}'.`, name);
  return found;
};

/** The optional texts that are there, under the names the code uses. */
export const texts = (
  inputs: Inputs,
  names: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(names).flatMap(([own, name]) => {
      const value = readText(inputs, name);
      return value === undefined ? [] : [[own, value]];
    }),
  );

/** `Organization/1`. Throws 400 for a reference to another type. */
export const reference = (
  inputs: Inputs,
  name: string,
  types: readonly string[],
): string | undefined => {
  const value = readText(inputs, name);
  if (value === undefined) return undefined;
  const [type = '', id = '', ...rest] = value.split('/');
  if (types.includes(type) && /^[A-Za-z0-9\-.]{1,64}$/.test(id) && rest.length === 0) return value;
  throw invalid(
    `Parameter '${name}' must be ${types.map((each) => `${each}/[id]`).join(' or ')}, not '${value}'.`,
    name,
  );
};
