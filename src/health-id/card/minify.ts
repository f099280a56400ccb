// minify: of a resource only what a card is for, without anything a QR code has no room for.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#card-content-minified

import { isObject, type Meta, type Resource } from '../../fhir/resource.ts';

/** The reference a card uses instead of a stored one (`Patient/1` -> `resource:0`); undefined: it is not in the card. */
export type Relink = (reference: string) => string | undefined;

/**
 * undefined when what is left would not say the same: when a code or a value stands there in words alone, which no card has room
 * for, or something changes the meaning of all the rest.
 */
export const minify = (resource: Resource, relink: Relink): Resource | undefined => {
  const content = contents[resource.resourceType];
  if (!content || changesMeaning(resource)) return undefined;
  const kept = Object.entries(content.shape).flatMap(([name, kind]) => {
    const value = shrinkAny(resource[name], kind, relink);
    return value === undefined ? [] : [[name, value] as const];
  });
  const names = new Set(kept.map(([name]) => name));
  const isWhole =
    content.always.every((name) => names.has(name)) &&
    content.ifThere.every((name) => names.has(name) || !(name in resource));
  if (!isWhole) return undefined;
  // A list of codings stays one.
  const security = shrinkAny(resource.meta?.security, 'coding', relink) as Meta['security'];
  const meta = security === undefined ? {} : { meta: { security } };
  return { resourceType: resource.resourceType, ...meta, ...Object.fromEntries(kept) };
};

/** What an element is; a shape is an element with members, of which none may be lost. */
type Kind = 'value' | 'coding' | 'concept' | 'reference' | Shape;
interface Shape {
  readonly [member: string]: Kind;
}

const all = (names: string): Shape =>
  Object.fromEntries(names.split(' ').map((name) => [name, 'value']));
const quantity = all('value comparator unit system code');
const range = { low: quantity, high: quantity };

/** Of an Observation and of each of its components. */
const values: Shape = {
  ...all('valueString valueBoolean valueInteger valueDateTime valueTime'),
  valueQuantity: quantity,
  valueCodeableConcept: 'concept',
  valueRange: range,
  valueRatio: { numerator: quantity, denominator: quantity },
  valuePeriod: all('start end'),
  dataAbsentReason: 'concept',
};
/** A card without them would say something else. */
const valueNames = [...Object.keys(values), 'valueSampledData'];
const measured: Shape = {
  ...{ code: 'concept', ...values, interpretation: 'concept' },
  referenceRange: { ...range, ...all('text'), type: 'concept', appliesTo: 'concept', age: range },
};

interface Content {
  readonly shape: Shape;
  readonly always: readonly string[];
  readonly ifThere: readonly string[];
}

const contents: Readonly<Record<string, Content>> = {
  Immunization: {
    shape: {
      ...{ status: 'value', vaccineCode: 'concept', patient: 'reference' },
      ...all('occurrenceDateTime occurrenceString lotNumber isSubpotent'),
      doseQuantity: quantity,
      performer: { actor: 'reference' },
      protocolApplied: {
        ...{ targetDisease: 'concept' },
        ...all('doseNumberPositiveInt doseNumberString'),
      },
    },
    always: ['vaccineCode', 'patient'],
    ifThere: ['isSubpotent'],
  },
  Observation: {
    shape: {
      ...{ status: 'value', category: 'concept', subject: 'reference' },
      ...{ effectiveDateTime: 'value', effectivePeriod: all('start end'), performer: 'reference' },
      ...measured,
      component: measured,
    },
    always: ['code', 'subject'],
    ifThere: [...valueNames, 'component'],
  },
};

type Json = Readonly<Record<string, unknown>>;

const changesMeaning = (element: Json): boolean =>
  'modifierExtension' in element || 'implicitRules' in element;

/** Of a list what can be kept; of a list of components all or nothing, because some alone would tell another story. */
const shrinkAny = (value: unknown, kind: Kind, relink: Relink): unknown => {
  if (!Array.isArray(value)) return shrink(value, kind, relink);
  const list = value.map((each) => shrink(each, kind, relink));
  const kept = list.filter((each) => each !== undefined);
  if (kept.length === 0 || (kind === measured && kept.length < list.length)) return undefined;
  return kept;
};

const shrink = (value: unknown, kind: Kind, relink: Relink): unknown => {
  if (kind === 'value') return value;
  if (!isObject(value)) return undefined;
  if (kind === 'coding') return only(value, ['system', 'code']);
  if (kind === 'concept') return shrinkConcept(value);
  if (kind === 'reference') return shrinkReference(value, relink);
  return shrinkShape(value, kind, relink);
};

const shrinkConcept = ({ coding }: Json): unknown => {
  const codings = Array.isArray(coding) ? coding.filter(isObject) : [];
  const kept = codings.filter(({ code }) => code !== undefined);
  return kept.length === 0
    ? undefined
    : { coding: kept.map((each) => only(each, ['system', 'code'])) };
};

const shrinkReference = ({ reference, display }: Json, relink: Relink): unknown => {
  const link = typeof reference === 'string' ? relink(reference) : undefined;
  if (link !== undefined) return { reference: link };
  return display === undefined ? undefined : { display };
};

const shrinkShape = (value: Json, shape: Shape, relink: Relink): unknown => {
  if (changesMeaning(value)) return undefined;
  const there = Object.entries(shape).filter(([name]) => name in value);
  const kept = there.map(([name, kind]) => [name, shrinkAny(value[name], kind, relink)] as const);
  const isWhole = kept.length > 0 && kept.every(([, inner]) => inner !== undefined);
  return isWhole ? Object.fromEntries(kept) : undefined;
};

const only = (value: Json, names: readonly string[]): Json =>
  Object.fromEntries(names.flatMap((name) => (name in value ? [[name, value[name]]] : [])));
