// ucum: a unit as what its values become in base units, asked of the UCUM library once per unit.
// https://ucum.org/ucum

import { canBeUnit, ucumLibrary } from '../../fhir/ucum.ts';

/** `base = value * factor + offset`. `name` is the same for all units that can be converted into each other. */
export interface Conversion {
  readonly name: string;
  readonly factor: number;
  readonly offset: number;
}

export const ucumSystem = 'http://unitsofmeasure.org';

/** undefined for what is no UCUM unit, and for those that cannot be converted ([iU]) or not linearly ([pH]). */
export const conversionOf = (code: string): Conversion | undefined => {
  if (!canBeUnit(code)) return undefined;
  if (known.has(code)) return known.get(code);
  // Units come from clients: the cache must not grow with whatever they invent.
  if (known.size >= 5000) known.clear();
  const conversion = readConversion(code);
  known.set(code, conversion);
  return conversion;
};

/** A value in base units, without the dust of the conversion: 5.4 g and 5400 mg become the same number. */
export const convert = (value: number, { factor, offset }: Conversion): number =>
  Number.isFinite(value) ? Number((value * factor + offset).toPrecision(12)) : value;

const known = new Map<string, Conversion | undefined>();

const readConversion = (code: string): Conversion | undefined => {
  const [zero, one, many] = [0, 1, 1000].map((value) => toBase(code, value));
  if (zero === undefined || one === undefined || many === undefined) return undefined;
  const factor = one.magnitude - zero.magnitude;
  const offset = zero.magnitude;
  const straight = offset + factor * 1000;
  const linear = factor > 0 && Math.abs(straight - many.magnitude) <= Math.abs(straight) * 1e-9;
  return linear ? { name: one.name, factor, offset } : undefined;
};

const toBase = (code: string, value: number): { magnitude: number; name: string } | undefined => {
  const { status, magnitude, unitToExp } = ucumLibrary().convertToBaseUnits(code, value);
  if (status !== 'succeeded' || magnitude === undefined || !Number.isFinite(magnitude))
    return undefined;
  const dimensions = Object.entries(unitToExp ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    magnitude,
    name: dimensions.map(([unit, power]) => unit + String(power)).join('.') || '1',
  };
};
