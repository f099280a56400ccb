// Structure: ajv validators made from the definitions, one per type, compiled when a value of the type first comes along.
// https://ajv.js.org/keywords.html

import { Ajv, type ErrorObject, type SchemaValidateFunction, type ValidateFunction } from 'ajv';
import type { Definitions } from '../../fhir/definitions/types.ts';
import { buildFormats } from './formats.ts';
import { schemaOf } from './schema.ts';
import { checkShape, type Shape } from './shape.ts';

/** Objects with faults are looked at until there are so many faults; a wrong resource may be of any size. */
const mostFaults = 200;

/** Faults as ajv reports them, `instancePath` a JSON pointer; undefined when there is none. */
export type CheckStructure = (type: string, value: unknown) => readonly ErrorObject[] | undefined;

type Context = Parameters<ValidateFunction>[1];

/** What ajv compiles and our keywords have in common. */
interface Check {
  (value: unknown, context?: Context): unknown;
  errors?: null | Partial<ErrorObject>[];
}

export const buildStructure = (definitions: Definitions): CheckStructure => {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    meta: false,
    validateSchema: false,
    code: { optimize: false },
  });
  for (const [name, format] of buildFormats(definitions))
    ajv.addFormat(name, { type: 'string', validate: format });
  const resourceTypes = new Set(definitions.resourceTypes);
  const compiled = new Map<string, ValidateFunction>();
  const checkOf = (name: string): ValidateFunction | undefined => {
    const known = compiled.get(name);
    if (known) return known;
    const type = definitions.types.get(name);
    if (!type) return undefined;
    const check = ajv.compile(schemaOf(type, definitions));
    compiled.set(name, check);
    return check;
  };

  let faults = 0;
  /** Hands a value on to the check chosen for it, and takes over its errors. */
  const delegate = (choose: (value: unknown) => Check | undefined): SchemaValidateFunction => {
    const check: SchemaValidateFunction = (value: unknown, context?: Context) => {
      const chosen = faults < mostFaults ? choose(value) : undefined;
      if (!chosen) return true;
      if (chosen(value, context)) return true;
      check.errors = chosen.errors ?? [];
      faults += 1;
      return false;
    };
    return check;
  };

  ajv.addVocabulary(['primitive', 'padded']);
  // Only an object has a shape; what is none is told by `type`.
  ajv.addKeyword({ keyword: 'shape', type: 'object', errors: 'full', compile: shapeCheck });
  ajv.addKeyword({
    keyword: 'complex',
    errors: 'full',
    // Compiled at the first value, not with the schema: an Extension alone would pull in every data type.
    compile: (name: string, parent: object) => {
      const mayBeNull = (parent as { padded?: boolean }).padded === true;
      let check: ValidateFunction | undefined;
      return delegate((value) =>
        mayBeNull && value === null ? undefined : (check ??= checkOf(name)),
      );
    },
  });
  ajv.addKeyword({
    keyword: 'resource',
    errors: 'full',
    compile: () =>
      delegate((value) => {
        const type = typeOf(value);
        return resourceTypes.has(type) ? checkOf(type) : noResource;
      }),
  });

  return (type, value) => {
    const check = checkOf(type);
    if (!check) throw new Error(`Type ${type} is not defined.`);
    faults = 0;
    return check(value) ? undefined : (check.errors ?? []);
  };
};

const typeOf = (value: unknown): string => {
  const type = (value as { resourceType?: unknown } | null)?.resourceType;
  return typeof type === 'string' ? type : '';
};

const noResource: SchemaValidateFunction = (value: unknown) => {
  noResource.errors = [
    { keyword: 'resource', params: { resourceType: typeOf(value) }, data: value },
  ];
  return false;
};

const shapeCheck = (shape: Shape): SchemaValidateFunction => {
  const check: SchemaValidateFunction = (value: unknown, context?: Context) => {
    const faults = checkShape(shape, value as Readonly<Record<string, unknown>>);
    if (faults.length === 0) return true;
    const at = context?.instancePath ?? '';
    check.errors = faults.map(({ fault, element, step }) => ({
      keyword: 'shape',
      instancePath: at + step,
      params: { fault, element },
      data: value,
    }));
    return false;
  };
  return check;
};
