// Wanted: what a person looks for in a visit, what there is to choose from, and which services fit.

import type { HealthcareService, Location } from 'fhir/r4';

export interface Wanted {
  /** `system|code` */
  readonly specialty: string;
  /** BCP 47. */
  readonly language: string;
  readonly city: string;
  /** Rupees, as typed. */
  readonly most: string;
  readonly mode: '' | 'in-person' | 'video';
  /** The first day, `2026-11-23`. */
  readonly from: string;
}

export const nothingWanted: Wanted = {
  ...{ specialty: '', language: '', city: '', most: '', mode: '', from: '' },
};

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Choices {
  readonly specialties: readonly Choice[];
  /** Codes alone: the page names them in its own language. */
  readonly languages: readonly string[];
  readonly cities: readonly Choice[];
}

export const choicesOf = (
  services: readonly HealthcareService[],
  places: readonly Location[],
): Choices => ({
  specialties: sorted(services.flatMap(specialtiesOf)),
  languages: [...new Set(services.flatMap(languagesOf))].toSorted(),
  cities: sorted(
    places.flatMap(({ address }) =>
      address?.city === undefined ? [] : [{ value: address.city, label: address.city }],
    ),
  ),
});

/** Those that fit all that is wanted; one whose price is not known fits any. */
export const fitting = (
  services: readonly HealthcareService[],
  { specialty, language, city, most }: Wanted,
  known: {
    readonly places: readonly Location[];
    readonly priceOf: (service: string) => number | undefined;
  },
): readonly HealthcareService[] => {
  const here = new Set(
    known.places
      .filter(({ address }) => address?.city === city)
      .map(({ id }) => `Location/${id ?? ''}`),
  );
  const limit = most.trim() === '' ? Infinity : Number(most);
  return services.filter(
    (service) =>
      (specialty === '' || specialtiesOf(service).some(({ value }) => value === specialty)) &&
      (language === '' || languagesOf(service).includes(language)) &&
      (city === '' || (service.location ?? []).some(({ reference = '' }) => here.has(reference))) &&
      (known.priceOf(service.id ?? '') ?? 0) <= limit,
  );
};

export const languagesOf = ({ communication = [] }: HealthcareService): readonly string[] =>
  communication.flatMap(({ coding = [] }) => coding.flatMap(({ code }) => code ?? []));

const specialtiesOf = ({ specialty = [] }: HealthcareService): readonly Choice[] =>
  specialty.flatMap(({ coding = [], text }) =>
    coding.flatMap(({ system = '', code, display }) =>
      code === undefined ? [] : [{ value: `${system}|${code}`, label: display ?? text ?? code }],
    ),
  );

const sorted = (choices: readonly Choice[]): readonly Choice[] =>
  [...new Map(choices.map((choice) => [choice.value, choice])).values()].toSorted((a, b) =>
    a.label.localeCompare(b.label),
  );
