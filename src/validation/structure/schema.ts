// JSON Schema of one FHIR type, made from its definition; values of other types are checked by those types' own schemas.
// https://hl7.org/fhir/R4/json.html

import type { SchemaObject } from 'ajv';
import type { Definitions, Property, TypeDefinition } from '../../fhir/definitions/types.ts';
import { looks } from './formats.ts';
import { readShape } from './shape.ts';

/** A type that stands for the `_x` of a primitive: an id and extensions, nothing else. */
export const siblingType = 'Element';

export const schemaOf = (type: TypeDefinition, definitions: Definitions): SchemaObject => {
  const properties: Record<string, SchemaObject> = {};
  if (type.kind === 'resource') properties['resourceType'] = { const: type.name };
  for (const [name, property] of type.properties) {
    const kind = definitions.types.get(property.type.code)?.kind;
    properties[name] = repeated(property, valueSchema(property, kind));
    if (kind === 'primitive')
      properties[`_${name}`] = repeated(property, {
        complex: siblingType,
        padded: isList(property),
      });
  }
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    shape: readShape(type, definitions),
  };
};

const isList = ({ element }: Property): boolean => element.max > 1;

const repeated = (property: Property, items: SchemaObject): SchemaObject =>
  isList(property) ? { type: 'array', minItems: 1, items } : items;

const valueSchema = (property: Property, kind: string | undefined): SchemaObject => {
  const { code } = property.type;
  if (kind === 'primitive') return primitiveSchema(code, isList(property));
  if (code === 'Resource') return { resource: true };
  return { complex: code };
};

const integer = (minimum: number): SchemaObject => ({
  type: 'integer',
  minimum,
  maximum: 2_147_483_647,
});

const numbers: Readonly<Record<string, SchemaObject>> = {
  boolean: { type: 'boolean' },
  integer: integer(-2_147_483_648),
  unsignedInt: integer(0),
  positiveInt: integer(1),
  decimal: { type: 'number' },
};

/** Arrays of primitives are padded with null where a value has only extensions. */
const primitiveSchema = (code: string, isPadded: boolean): SchemaObject => {
  const schema = numbers[code] ?? textSchema(code);
  return isPadded ? { ...schema, nullable: true, primitive: code } : { ...schema, primitive: code };
};

const textSchema = (code: string): SchemaObject =>
  code in looks && code !== 'xhtml' ? { type: 'string', format: code } : { type: 'string' };
