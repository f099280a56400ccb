// Fixed values and patterns: whether a value is the fixed one, or has at least what the pattern has.
// https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.pattern_x_

import { isObject } from '../../fhir/resource.ts';

/** "the value SHALL be exactly the same" */
export const isFixed = (value: unknown, fixed: unknown): boolean => {
  if (Array.isArray(fixed))
    return (
      Array.isArray(value) &&
      value.length === fixed.length &&
      fixed.every((each, place) => isFixed(value[place], each))
    );
  if (!isObject(fixed)) return value === fixed;
  if (!isObject(value)) return false;
  const names = new Set([...Object.keys(fixed), ...Object.keys(value)]);
  return [...names].every((name) => isFixed(value[name], fixed[name]));
};

/** "any array in the pattern: each of its items must be met by an item of the value", "objects may have more properties" */
export const meetsPattern = (value: unknown, pattern: unknown): boolean => {
  if (Array.isArray(pattern))
    return (
      Array.isArray(value) &&
      pattern.every((wanted) => value.some((each) => meetsPattern(each, wanted)))
    );
  if (!isObject(pattern)) return value === pattern;
  return (
    isObject(value) &&
    Object.entries(pattern).every(([name, wanted]) => meetsPattern(value[name], wanted))
  );
};
