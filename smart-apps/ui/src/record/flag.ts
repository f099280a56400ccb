// Flag: how a result stands to its reference range, as the laboratory says it or, where it does not, as the numbers say.
// https://hl7.org/fhir/R4/observation-definitions.html#Observation.interpretation

import type {
  CodeableConcept,
  Observation,
  ObservationComponent,
  ObservationReferenceRange,
  Quantity,
} from 'fhir/r4';

export type Flag = 'normal' | 'low' | 'high' | 'very-low' | 'very-high' | 'abnormal' | 'critical';

/**
 * undefined where nothing is said. The laboratory's word goes before the numbers; of several words, and of the parts, the worst
 * counts: a critical one is not hidden by a normal one.
 */
export const flagOf = (observation: Observation | ObservationComponent): Flag | undefined => {
  const { interpretation = [], referenceRange = [], valueQuantity } = observation;
  const said = worst(interpretation.map(flagOfConcept));
  const own = said ?? (valueQuantity && flagOfNumbers(valueQuantity, referenceRange));
  const parts = 'component' in observation ? (observation.component ?? []).map(flagOf) : [];
  return worst([own, ...parts]);
};

const flagOfConcept = ({ coding = [] }: CodeableConcept): Flag | undefined =>
  worst(coding.map(({ code }) => byCode[code ?? '']));

/** Only where one range is meant for everybody and speaks in the same unit. */
const flagOfNumbers = (
  { value, comparator, unit, code }: Quantity,
  ranges: readonly ObservationReferenceRange[],
): Flag | undefined => {
  const [range] = ranges;
  if (range === undefined || ranges.length > 1 || value === undefined) return undefined;
  const { low, high } = range;
  const isSame = (limit: Quantity): boolean =>
    limit.code !== undefined && code !== undefined ? limit.code === code : limit.unit === unit;
  if ([low, high].some((limit) => limit !== undefined && !isSame(limit))) return undefined;
  if (low?.value === undefined && high?.value === undefined) return undefined;
  if (low?.value !== undefined && value < low.value)
    return isAtLeast(comparator) ? undefined : 'low';
  if (high?.value !== undefined && value > high.value)
    return isAtMost(comparator) ? undefined : 'high';
  // "Less than 5" may be anything below 5.
  return comparator === undefined ? 'normal' : undefined;
};

const isAtLeast = (comparator: string | undefined): boolean => comparator?.startsWith('>') ?? false;
const isAtMost = (comparator: string | undefined): boolean => comparator?.startsWith('<') ?? false;

const worst = (flags: readonly (Flag | undefined)[]): Flag | undefined =>
  severity.find((flag) => flags.includes(flag));

const severity: readonly Flag[] = [
  ...(['critical', 'very-high', 'very-low', 'abnormal', 'high', 'low', 'normal'] as const),
];

/** http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation */
const byCode: Readonly<Record<string, Flag>> = {
  ...{ N: 'normal', NEG: 'normal', ND: 'normal', NR: 'normal', S: 'normal' },
  ...{ L: 'low', LL: 'very-low', LU: 'very-low', '<': 'very-low' },
  ...{ H: 'high', HH: 'very-high', HU: 'very-high', '>': 'very-high' },
  ...{ A: 'abnormal', POS: 'abnormal', DET: 'abnormal', R: 'abnormal', RR: 'abnormal' },
  ...{ AA: 'critical' },
};
