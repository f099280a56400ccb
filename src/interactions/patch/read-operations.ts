// Reads the operations of a FHIRPath Patch out of its Parameters.
// https://hl7.org/fhir/R4/fhirpatch.html#format

import { invalid } from '../../fhir/problem.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { Members } from './slots.ts';

interface Common {
  /** Names the operation in messages. */
  readonly where: string;
  readonly path: string;
}
export type PatchOperation =
  | (Common & { readonly type: 'add'; readonly name: string; readonly value: Members })
  | (Common & { readonly type: 'insert'; readonly index: number; readonly value: Members })
  | (Common & { readonly type: 'delete' })
  | (Common & { readonly type: 'replace'; readonly value: Members })
  | (Common & { readonly type: 'move'; readonly source: number; readonly destination: number });

/** Throws 400 for what is not of the form the specification gives. */
export const readOperations = (parameters: Resource): readonly PatchOperation[] => {
  const list = parameters['parameter'];
  if (parameters.resourceType !== 'Parameters')
    throw invalid(`A FHIRPath Patch is a Parameters resource, not ${parameters.resourceType}.`);
  if (list === undefined) return [];
  if (!Array.isArray(list))
    throw invalid('Parameters.parameter is a list.', 'Parameters.parameter');
  return list.map(readOperation);
};

const readOperation = (parameter: unknown, place: number): PatchOperation => {
  const expression = `Parameters.parameter[${String(place)}]`;
  if (!isObject(parameter) || parameter['name'] !== 'operation')
    throw invalid("Each parameter of a FHIRPath Patch is named 'operation'.", expression);
  const parts = readParts(parameter['part'], expression);
  const part = <T>(name: string, read: (part: Members) => T | undefined, form: string): T => {
    const found = parts.get(name);
    const value = found === undefined ? undefined : read(found);
    if (value !== undefined) return value;
    throw invalid(`Operation ${String(place)} needs a part '${name}' (${form}).`, expression);
  };
  const type = part('type', (found) => text(found, 'valueCode'), 'valueCode');
  const common = {
    where: `Operation ${String(place)} ('${type}')`,
    path: part('path', (found) => text(found, 'valueString'), 'valueString'),
  };
  const value = () => part('value', (found) => found, 'value[x] or parts');
  const integer = (name: string) => part(name, count, 'valueInteger, 0 or more');
  switch (type) {
    case 'add': {
      const name = part('name', (found) => text(found, 'valueString'), 'valueString');
      return { ...common, type, name, value: value() };
    }
    case 'insert':
      return { ...common, type, index: integer('index'), value: value() };
    case 'delete':
      return { ...common, type };
    case 'replace':
      return { ...common, type, value: value() };
    case 'move':
      return { ...common, type, source: integer('source'), destination: integer('destination') };
    default:
      throw invalid(
        `'${type}' is not a patch operation; there are add, insert, delete, replace and move.`,
        expression,
      );
  }
};

const readParts = (parts: unknown, expression: string): ReadonlyMap<string, Members> => {
  const read = new Map<string, Members>();
  for (const part of Array.isArray(parts) ? (parts as readonly unknown[]) : []) {
    const name = isObject(part) ? part['name'] : undefined;
    if (!isObject(part) || typeof name !== 'string')
      throw invalid('Each part of an operation needs a name.', expression);
    if (!known.has(name))
      throw invalid(
        `'${name}' is not a part of a patch operation; there are ${[...known].join(', ')}.`,
        expression,
      );
    if (read.has(name)) throw invalid(`The part '${name}' is there twice.`, expression);
    read.set(name, part);
  }
  return read;
};

const known: ReadonlySet<string> = new Set(
  'type path name value index source destination'.split(' '),
);

const text = (part: Members, member: string): string | undefined => {
  // Clients mix up code and string here, and nothing can be misunderstood by it.
  const value = part[member] ?? part['valueString'] ?? part['valueCode'];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const count = (part: Members): number | undefined => {
  const value = part['valueInteger'];
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
};
