// FHIRPath functions about types: is, as, ofType, type and conversions.
// https://hl7.org/fhirpath/N1/#types

import {
  fromRun,
  fromTest,
  type Compiled,
  type FunctionBuilder,
  type FunctionDefinition,
  type Run,
} from '../compiled.ts';
import { element, none, ofTruth, single, type Element, type Elements } from '../element.ts';
import { PathError, Unsupported } from '../error.ts';
import type { Model } from '../model.ts';
import type { Syntax } from '../parse.ts';
import { keepType } from '../step.ts';

/** `x is Type`: undefined when there is no x. */
export const isType = (on: Run, name: string, model: Model): Compiled => {
  const wanted = model.typeNamed(name);
  return fromTest((input, scope) => {
    const item = single(on(input, scope));
    return item === undefined ? undefined : isElementOf(model, item, wanted);
  });
};

const isElementOf = (model: Model, { type }: Element, wanted: string): boolean =>
  type === wanted ||
  model.isKindOf(type, wanted) ||
  // FHIR has a Quantity too, and its name hides the system's.
  (wanted === 'Quantity' && type === 'System.Quantity');

const typeParameter = (syntax: Syntax): string => {
  if (syntax.kind !== 'name') throw new PathError('FHIRPath wants the name of a type here.');
  return syntax.on === undefined ? syntax.name : `${typeParameter(syntax.on)}.${syntax.name}`;
};

const is: FunctionBuilder = (on, [type], { model }) => isType(on, typeParameter(type!), model);

const ofType: FunctionBuilder = (on, [type], { model }) =>
  fromRun(keepType(on, model.typeNamed(typeParameter(type!)), model));

const typeInformation: FunctionBuilder = (on) =>
  fromRun((input, scope) =>
    on(input, scope).map(({ type }) => {
      const [namespace, name] = type.startsWith('System.') ? type.split('.', 2) : ['FHIR', type];
      return element({ namespace, name }, 'System.TypeInfo');
    }),
  );

const converting =
  (convert: (item: Element) => Elements): FunctionBuilder =>
  (on) =>
    fromRun((input, scope) => {
      const item = single(on(input, scope));
      return item?.value === undefined ? none : convert(item);
    });

const toInteger = ({ value }: Element): Elements => {
  if (typeof value === 'boolean') return [element(value ? 1 : 0, 'System.Integer')];
  if (typeof value === 'number' && Number.isInteger(value))
    return [element(value, 'System.Integer')];
  return typeof value === 'string' && /^[+-]?\d+$/.test(value)
    ? [element(Number(value), 'System.Integer')]
    : none;
};

const toDecimal = ({ value }: Element): Elements => {
  if (typeof value === 'boolean') return [element(value ? 1 : 0, 'System.Decimal')];
  if (typeof value === 'number') return [element(value, 'System.Decimal')];
  return typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(value)
    ? [element(Number(value), 'System.Decimal')]
    : none;
};

const toText = ({ value, type }: Element): Elements => {
  if (typeof value === 'string') return [element(value, 'System.String')];
  // The digits of a decimal literal are gone here.
  if (type === 'System.Decimal' || (typeof value !== 'number' && typeof value !== 'boolean'))
    throw new Unsupported('text of a decimal or a complex value');
  return [element(String(value), 'System.String')];
};

const convertsTo = (convert: (item: Element) => Elements): FunctionBuilder =>
  converting((item) => ofTruth(convert(item).length > 0));

const one = (build: FunctionBuilder): FunctionDefinition => ({ least: 1, most: 1, build });
const zero = (build: FunctionBuilder): FunctionDefinition => ({ least: 0, most: 0, build });

export const typing: Readonly<Record<string, FunctionDefinition>> = {
  is: one(is),
  as: one(ofType),
  ofType: one(ofType),
  type: zero(typeInformation),
  toInteger: zero(converting(toInteger)),
  toDecimal: zero(converting(toDecimal)),
  toString: zero(converting(toText)),
  convertsToInteger: zero(convertsTo(toInteger)),
  convertsToDecimal: zero(convertsTo(toDecimal)),
};
