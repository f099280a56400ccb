// Codes in JSON: every code of the big terminologies, with the name that stands beside it.
// https://hl7.org/fhir/R4/terminologies-systems.html

import { isObject } from '#src/fhir/resource.ts';

export interface Coded {
  readonly system: string;
  readonly code: string;
  /** '' where nothing says it. */
  readonly display: string;
}

export const terminologies = {
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  icd: 'http://hl7.org/fhir/sid/icd-10-cm',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  ucum: 'http://unitsofmeasure.org',
} as const;

export const keyOf = ({ system, code }: Pick<Coded, 'system' | 'code'>): string =>
  `${system}|${code}`;

/**
 * A coding, a quantity, or a concept of a ValueSet or CodeSystem, whose system stands above it. Without a display it has the text
 * of its CodeableConcept.
 */
export const codesIn = (value: unknown): readonly Coded[] => codesBelow(value, {});

interface Above {
  readonly system?: string;
  readonly text?: string;
}

const codesBelow = (value: unknown, above: Above): readonly Coded[] => {
  if (Array.isArray(value)) return value.flatMap((each) => codesBelow(each, above));
  if (!isObject(value)) return [];
  const below = { ...above, ...systemOf(value), ...wordOf('text', value['text']) };
  return [
    ...codedOf(value, above),
    ...Object.values(value).flatMap((each) => codesBelow(each, below)),
  ];
};

const codedOf = (value: Readonly<Record<string, unknown>>, above: Above): readonly Coded[] => {
  const { code, display, unit, system = above.system } = value;
  if (typeof code !== 'string' || !isTerminology(system)) return [];
  const names = [display, unit, above.text].filter((each) => typeof each === 'string');
  return [{ system, code, display: names[0] ?? '' }];
};

const isTerminology = (system: unknown): system is string =>
  Object.values<unknown>(terminologies).includes(system);

/** What a ValueSet includes and what a CodeSystem defines names its system once, above its concepts. */
const systemOf = (value: Readonly<Record<string, unknown>>): Above => {
  if (!('concept' in value)) return {};
  return wordOf('system', value['resourceType'] === 'CodeSystem' ? value['url'] : value['system']);
};

const wordOf = (name: keyof Above, value: unknown): Above =>
  typeof value === 'string' ? { [name]: value } : {};
