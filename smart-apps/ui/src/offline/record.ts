// Record: what of a person's record a device keeps: what helps most where there is no network. Documents only by their names.

import type {
  AllergyIntolerance,
  Condition,
  DocumentReference,
  DomainResource,
  FhirResource,
  Immunization,
  MedicationRequest,
  Observation,
  Patient,
} from 'fhir/r4';
import type { Fhir } from '../fhir/client.ts';
import { kindOf } from '../fhir/failure.ts';
import { search, type SearchParameters } from '../fhir/search.ts';
import { read } from '../fhir/write.ts';

export interface KeptRecord {
  readonly patient: Patient;
  readonly conditions: readonly Condition[];
  readonly allergies: readonly AllergyIntolerance[];
  readonly medicines: readonly MedicationRequest[];
  readonly immunizations: readonly Immunization[];
  readonly results: readonly Observation[];
  readonly documents: readonly DocumentReference[];
}

/** What the person's scopes do not reach is empty. Every other failure is thrown: half a record would look like a whole one. */
export const collectRecord = async (fhir: Fhir, patient: string): Promise<KeptRecord> => {
  const all = async <T extends FhirResource>(
    type: T['resourceType'],
    parameters: SearchParameters,
  ): Promise<readonly T[]> => {
    try {
      const { items } = await search<T>(fhir, type, { patient, ...parameters });
      return items.map(withoutText);
    } catch (error) {
      if (kindOf(error) === 'refused') return [];
      throw error;
    }
  };
  const [person, conditions, allergies, medicines, immunizations, results, documents] =
    await Promise.all([
      read<Patient>(fhir, 'Patient', patient),
      all<Condition>('Condition', { _count: 50 }),
      all<AllergyIntolerance>('AllergyIntolerance', { _count: 50 }),
      all<MedicationRequest>('MedicationRequest', { status: 'active', _count: 50 }),
      all<Immunization>('Immunization', { _sort: '-date', _count: 50 }),
      all<Observation>('Observation', { category: 'laboratory', _sort: '-date', _count: 50 }),
      all<DocumentReference>('DocumentReference', { _sort: '-date', _count: 20 }),
    ]);
  return {
    patient: withoutText(person),
    ...{ conditions, allergies, medicines, immunizations, results },
    documents: documents.map(withoutContent),
  };
};

/** The narrative says again what the elements say. */
const withoutText = <T extends FhirResource>(resource: T): T => {
  const rest: FhirResource = { ...resource };
  delete (rest as DomainResource).text;
  return rest as T;
};

/** Neither bytes nor where they are. */
const withoutContent = (document: DocumentReference): DocumentReference => ({
  ...document,
  content: document.content.map(({ attachment: { title, contentType, creation } }) => ({
    attachment: {
      ...(title === undefined ? {} : { title }),
      ...(contentType === undefined ? {} : { contentType }),
      ...(creation === undefined ? {} : { creation }),
    },
  })),
});
