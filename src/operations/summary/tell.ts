// tell: a FHIR value in words a reader understands, whatever its data type.
// https://hl7.org/fhir/R4/datatypes.html

import { isObject, type Resource } from '../../fhir/resource.ts';

/** What stands at the end of a reference; undefined when it is not at hand. */
export type Resolve = (reference: string) => Resource | undefined;

type Element = Readonly<Record<string, unknown>>;

/** '' for nothing. */
export const tell = (value: unknown, resolve: Resolve): string => {
  if (Array.isArray(value)) return join(value, ', ', resolve);
  if (typeof value === 'string') return tellDate(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number' || JSON.isRawJSON(value)) return JSON.stringify(value);
  return isObject(value) ? tellElement(value, resolve) : '';
};

/** Values of an element; `[x]` at its end stands for any type: `onset[x]`. */
export const valueOf = (value: unknown, path: string): unknown => {
  const [name = '', ...rest] = path.split('.');
  if (Array.isArray(value)) return value.flatMap((item: unknown) => valueOf(item, path) ?? []);
  if (!isObject(value)) return undefined;
  const inner = name.endsWith('[x]') ? anyTyped(value, name.slice(0, -3)) : value[name];
  return rest.length === 0 ? inner : valueOf(inner, rest.join('.'));
};

const anyTyped = (value: Element, name: string): unknown => {
  const key = Object.keys(value).find(
    (each) => each.startsWith(name) && /^[A-Z]/.test(each.slice(name.length)),
  );
  return key === undefined ? undefined : value[key];
};

/** Of a time the day; the exact one is in the record. */
const tellDate = (text: string): string =>
  /^\d{4}-\d\d-\d\dT/.test(text) ? text.slice(0, 10) : text;

const join = (values: readonly unknown[], separator: string, resolve: Resolve): string =>
  values
    .map((value) => tell(value, resolve))
    .filter((words) => words !== '')
    .join(separator);

interface Shape {
  readonly is: (element: Element) => boolean;
  readonly tell: (element: Element, resolve: Resolve) => string;
}

const has =
  (...names: readonly string[]) =>
  (element: Element): boolean =>
    names.some((name) => name in element);
const all =
  (separator: string, ...names: readonly string[]) =>
  (element: Element, resolve: Resolve): string =>
    join(
      names.flatMap((name) => valueOf(element, name)),
      separator,
      resolve,
    );

/** Data types are told apart by their elements; the first that fits speaks. */
const shapes: readonly Shape[] = [
  {
    is: has('reference'),
    tell: ({ display, reference }, resolve) => tellReference(display, reference, resolve),
  },
  // CodeableConcept, Dosage, Annotation.
  { is: has('text'), tell: ({ text }, resolve) => tell(text, resolve) },
  { is: has('coding'), tell: ({ coding }, resolve) => tellCodings(coding, resolve) },
  // Dosage without words.
  {
    is: has('doseAndRate', 'timing'),
    tell: all(' ', 'doseAndRate.dose[x]', 'timing', 'route'),
  },
  // Observation.component.
  {
    is: ({ code }) => isObject(code),
    tell: all(' ', 'code', 'value[x]', 'dataAbsentReason'),
  },
  {
    is: has('value'),
    tell: ({ comparator, value, unit, code }, resolve) =>
      join([comparator, value, unit ?? code], ' ', resolve),
  },
  { is: has('display'), tell: ({ display }, resolve) => tell(display, resolve) },
  {
    is: has('start', 'end'),
    tell: ({ start, end }, resolve) =>
      `${tell(start, resolve) || 'unknown'} – ${tell(end, resolve)}`.trimEnd(),
  },
  { is: has('low', 'high'), tell: all(' – ', 'low', 'high') },
  { is: has('numerator'), tell: all(' / ', 'numerator', 'denominator') },
  { is: has('repeat'), tell: ({ repeat }, resolve) => tellRepeat(repeat, resolve) },
  { is: has('family', 'given'), tell: all(' ', 'prefix', 'given', 'family', 'suffix') },
];

const tellElement = (element: Element, resolve: Resolve): string =>
  shapes.find(({ is }) => is(element))?.tell(element, resolve) ?? '';

/** One name is enough: others are translations. */
const tellCodings = (codings: unknown, resolve: Resolve): string => {
  const list = Array.isArray(codings) ? codings.filter(isObject) : [];
  const named = list.find(({ display }) => typeof display === 'string') ?? list[0];
  return tell(named?.['display'] ?? named?.['code'], resolve);
};

/** Where a reference has no display of its own, what it leads to is named. */
const tellReference = (display: unknown, reference: unknown, resolve: Resolve): string => {
  if (typeof display === 'string') return display;
  const found = typeof reference === 'string' ? resolve(reference) : undefined;
  if (!found) return '';
  const name = ['code', 'type', 'deviceName.name', 'name']
    .map((path) => valueOf(found, path))
    .find((value) => value !== undefined);
  return tell(Array.isArray(name) ? name[0] : name, resolve);
};

/** https://hl7.org/fhir/R4/datatypes.html#Timing */
const tellRepeat = (repeat: unknown, resolve: Resolve): string => {
  if (!isObject(repeat)) return '';
  const { frequency, period, periodUnit } = repeat;
  if (frequency === undefined || period === undefined) return '';
  return `${tell(frequency, resolve)} × per ${tell(period, resolve)} ${tell(periodUnit, resolve)}`;
};
