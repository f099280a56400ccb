// Observations: one value, with its unit, when it was taken and whether it is usual.
// https://hl7.org/fhir/R4/observation.html

import type { Observation, Quantity } from 'fhir/r4.js';
import { coding, concept, hl7, refer, seeded, systems } from './concepts.ts';
import { momentOf } from './dates.ts';
import { doctorName } from './hospitals.ts';
import { measures, type Measure, type MeasureName } from './measures.ts';
import type { Person } from './person.ts';
import type { Visit } from './visits.ts';

export interface About {
  readonly visit: Visit;
  readonly person: Person;
}

export const observationOf = (name: MeasureName, value: number, about: About): Observation => {
  const measure: Measure = measures[name];
  const rounded = roundedTo(value, measure);
  return {
    ...common(name, measure, about),
    valueQuantity: quantityOf(rounded, measure),
    ...usualOf(rounded, measure),
  };
};

/** https://hl7.org/fhir/R4/bp.html */
export const bloodPressureOf = (
  pressure: { readonly systolic: number; readonly diastolic: number },
  about: About,
): Observation => ({
  ...common('bp', { ...measures.systolic, code: panel }, about),
  component: (['systolic', 'diastolic'] as const).map((name) => ({
    code: concept(measures[name].code),
    valueQuantity: quantityOf(Math.round(pressure[name]), measures[name]),
  })),
});

const panel = coding('loinc', '85354-9', 'Blood pressure panel with all children optional');

const common = (suffix: string, { code, kind }: Measure, { visit, person }: About) => {
  const { id, day, from, hospital, doctor } = visit;
  const [performer, taken] =
    kind === 'laboratory'
      ? [refer('Organization', hospital.id, hospital.name), momentOf(day, from + 15)]
      : [refer('Practitioner', doctor.id, doctorName(doctor)), momentOf(day, from + 5)];
  return {
    ...{ resourceType: 'Observation' as const, id: `${id}-${suffix}`, status: 'final' as const },
    identifier: seeded(`${id}-${suffix}`),
    category: [{ coding: [hl7('observation-category', kind, titles[kind])] }],
    code: concept(code),
    subject: refer('Patient', person.id, person.name),
    encounter: refer('Encounter', id),
    effectiveDateTime: taken,
    performer: [performer],
  };
};

const titles = { laboratory: 'Laboratory', 'vital-signs': 'Vital Signs' };

const roundedTo = (value: number, { digits }: Measure): number => Number(value.toFixed(digits));

const quantityOf = (value: number, { unit, ucum }: Measure): Quantity => ({
  ...{ value, unit, system: systems.ucum, code: ucum },
});

const usualOf = (value: number, measure: Measure): Partial<Observation> => {
  const { low, high } = measure;
  if (low === undefined && high === undefined) return {};
  const [code, display] =
    value > (high ?? Infinity)
      ? ['H', 'High']
      : value < (low ?? -Infinity)
        ? ['L', 'Low']
        : ['N', 'Normal'];
  return {
    interpretation: [{ coding: [hl7('v3-ObservationInterpretation', code, display)] }],
    referenceRange: [
      {
        ...(low === undefined ? {} : { low: quantityOf(low, measure) }),
        ...(high === undefined ? {} : { high: quantityOf(high, measure) }),
      },
    ],
  };
};
