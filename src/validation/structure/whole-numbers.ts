// Whole numbers as they were written: 1.0 and 1e2 are decimals in FHIR, though JSON reads them as 1 and 100.
// https://hl7.org/fhir/R4/datatypes.html#integer

import type { Definitions, TypeDefinition } from '../../fhir/definitions/types.ts';
import '../../fhir/json.ts';
import type { Issue } from '../../fhir/problem.ts';
import { isObject, type Document } from '../../fhir/resource.ts';
import { pathOf, type Place } from '../place.ts';

const wholeTypes = new Set(['integer', 'unsignedInt', 'positiveInt']);

/** Costs nothing where every number is written as JavaScript would write it. */
export const checkWholeNumbers = (
  { plain, exact }: Document,
  definitions: Definitions,
): readonly Issue[] => {
  if (plain === exact) return [];
  const { resourceType } = plain;
  const issues: Issue[] = [];
  const visit = (place: Place): void => {
    const { value, type } = place;
    if (JSON.isRawJSON(value)) {
      if (wholeTypes.has(type)) issues.push(fault(place, value.rawJSON));
    } else if (isObject(value)) visitObject(value, definitions.types.get(type), place, visit);
  };
  visit({ step: resourceType, index: -1, value: exact, type: resourceType });
  return issues;
};

const visitObject = (
  value: Readonly<Record<string, unknown>>,
  type: TypeDefinition | undefined,
  up: Place,
  visit: (place: Place) => void,
): void => {
  for (const [name, child] of Object.entries(value)) {
    const property = type?.properties.get(name);
    if (!property) continue;
    const step = property.element.name.replace(/\[x\]$/, '');
    const at = (each: unknown, index: number): void => {
      visit({ up, step, index, value: each, type: typeOf(each, property.type.code) });
    };
    if (Array.isArray(child)) child.forEach(at);
    else at(child, -1);
  }
};

const typeOf = (value: unknown, type: string): string =>
  type === 'Resource' && isObject(value) ? String(value['resourceType']) : type;

const fault = (place: Place, written: string): Issue => {
  const path = pathOf(place);
  return {
    severity: 'error',
    code: 'value',
    diagnostics: `${path}: ${written} is no ${place.type}; write it without fraction and exponent.`,
    expression: [path],
  };
};
