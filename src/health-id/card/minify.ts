// minify: of a resource only what a card is for, without anything a QR code has no room for.
// https://hl7.org/fhir/uv/smart-health-cards-and-links/STU1/cards-specification.html#card-content-minified

import { isObject, type Resource } from '../../fhir/resource.ts';

/** The reference a card uses instead of a stored one (`Patient/1` -> `resource:0`); undefined: it is not in the card. */
export type Relink = (reference: string) => string | undefined;

/**
 * undefined when what is left would not say the same: a code or a value in words alone, or something that changes the meaning of
 * all the rest.
 */
export const minify = (resource: Resource, relink: Relink): Resource | undefined => {
  const its = content[resource.resourceType];
  if (!its || changesMeaning(resource)) return undefined;
  const kept = keep(resource, its, relink);
  const security = shrink(securityOf(resource), relink);
  return its.needs.every((name) => !isLost(name, resource, kept))
    ? {
        resourceType: resource.resourceType,
        ...(security === undefined ? {} : { meta: { security } }),
        ...kept,
      }
    : undefined;
};

interface Content {
  readonly elements: readonly string[];
  /** Elements that are in the card if they are in the resource; `code!` must be there. */
  readonly needs: readonly string[];
}

const values = (
  'valueQuantity valueCodeableConcept valueString valueBoolean valueInteger valueRange valueRatio ' +
  'valueDateTime valueTime valuePeriod'
).split(' ');

const component: Content = {
  elements: ['code', ...values, 'dataAbsentReason', 'interpretation', 'referenceRange'],
  needs: ['code!', ...values, 'dataAbsentReason'],
};

const content: Readonly<Record<string, Content>> = {
  Immunization: {
    elements: [
      ...['status', 'vaccineCode', 'patient', 'occurrenceDateTime', 'occurrenceString'],
      ...['performer', 'lotNumber', 'isSubpotent', 'doseQuantity', 'protocolApplied'],
    ],
    needs: ['vaccineCode!', 'patient!'],
  },
  Observation: {
    elements: [
      ...['status', 'category', 'code', 'subject', 'effectiveDateTime', 'effectivePeriod'],
      ...[...values, 'dataAbsentReason', 'interpretation', 'referenceRange', 'performer'],
      'component',
    ],
    needs: ['code!', 'subject!', ...values, 'dataAbsentReason', 'component'],
  },
};

/** Of these elements only so much. */
const parts: Readonly<Record<string, readonly string[]>> = {
  performer: ['actor', 'display'],
  protocolApplied: ['targetDisease', 'doseNumberPositiveInt', 'doseNumberString'],
};

type Json = Readonly<Record<string, unknown>>;

const keep = (from: Json, { elements }: Content, relink: Relink): Json =>
  Object.fromEntries(
    elements.flatMap((name) => {
      const value = name === 'component' ? keepComponents(from, relink) : from[name];
      const kept = shrink(partsOf(name, value), relink);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );

/** All of them or none: some alone would tell another story. */
const keepComponents = ({ component: list }: Json, relink: Relink): unknown => {
  const all = Array.isArray(list) ? list.filter(isObject) : [];
  const kept = all.map((each) => ({ from: each, to: keep(each, component, relink) }));
  const isWhole = kept.every(
    ({ from, to }) =>
      !changesMeaning(from) && component.needs.every((name) => !isLost(name, from, to)),
  );
  return isWhole ? kept.map(({ to }) => to) : undefined;
};

const partsOf = (name: string, value: unknown): unknown => {
  const wanted = parts[name];
  if (!wanted || !Array.isArray(value)) return value;
  return value
    .filter(isObject)
    .map((each) => Object.fromEntries(Object.entries(each).filter(([key]) => wanted.includes(key))));
};

const changesMeaning = (element: Json): boolean =>
  'modifierExtension' in element || 'implicitRules' in element;

const isLost = (name: string, from: Json, to: Json): boolean =>
  name.endsWith('!') ? !(name.slice(0, -1) in to) : name in from && !(name in to);

const securityOf = ({ meta }: Resource): unknown => (isObject(meta) ? meta.security : undefined);

/** Without ids, extensions, texts and displays; undefined when nothing is left. */
const shrink = (value: unknown, relink: Relink): unknown => {
  if (Array.isArray(value)) {
    const list = value.map((each) => shrink(each, relink)).filter((each) => each !== undefined);
    return list.length === 0 ? undefined : list;
  }
  // A number that prints as it was written is an object of a class, and stays what it is.
  if (!isObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const members = Object.entries(rewrite(value, relink))
    .filter(([name]) => !dropped.has(name) && !name.startsWith('_'))
    .map(([name, inner]) => [name, shrink(inner, relink)] as const)
    .filter(([, inner]) => inner !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members);
};

const dropped: ReadonlySet<string> = new Set(['id', 'extension', 'userSelected']);

const rewrite = (value: Json, relink: Relink): Json => {
  const { reference, coding, system, code, ...rest } = value;
  if (typeof reference === 'string') {
    const link = relink(reference);
    return link === undefined ? namesOnly(rest) : { reference: link };
  }
  if (Array.isArray(coding)) return { coding };
  if (isConceptInWords(value)) return {};
  return isCoding(value) ? { system, code } : value;
};

const namesOnly = ({ display }: Json): Json => (display === undefined ? {} : { display });

const isConceptInWords = (value: Json): boolean =>
  typeof value['text'] === 'string' && !('coding' in value) && !('low' in value || 'high' in value);

/** A Quantity has a system and a code as well. */
const isCoding = (value: Json): boolean =>
  'code' in value && !('value' in value) && !('comparator' in value) && !('component' in value);
