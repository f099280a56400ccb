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
import { readPage, search, type SearchParameters } from '../fhir/search.ts';
import { read } from '../fhir/write.ts';
import { withMedicine } from '../record/medicine.ts';

export interface KeptRecord {
  readonly patient: Patient;
  readonly conditions: readonly Condition[];
  readonly allergies: readonly AllergyIntolerance[];
  readonly medicines: readonly MedicationRequest[];
  readonly immunizations: readonly Immunization[];
  readonly results: readonly Observation[];
  readonly documents: readonly DocumentReference[];
  /** What the person's scopes do not reach: it is empty here, which does not say that there is none. */
  readonly unreadable?: readonly KeptPart[];
  /** Of what there is more than is kept. */
  readonly cut?: readonly KeptPart[];
}

export type KeptPart =
  'conditions' | 'allergies' | 'medicines' | 'immunizations' | 'results' | 'documents';

/** Of each part; what is newest goes first. */
export const mostKept = 1000;

/** What was entered by mistake, or found not to be so, is not kept. */
const isSo = { 'verification-status:not': 'entered-in-error,refuted' };

const questions = {
  conditions: ['Condition', { ...isSo, _sort: '-recorded-date' }],
  allergies: ['AllergyIntolerance', { ...isSo, _sort: '-date' }],
  medicines: [
    'MedicationRequest',
    {
      ...{ status: 'active,on-hold', 'intent:not': 'proposal,plan', _sort: '-authoredon' },
      _include: 'MedicationRequest:medication',
    },
  ],
  immunizations: ['Immunization', { status: 'completed', _sort: '-date' }],
  results: [
    'Observation',
    { category: 'laboratory', 'status:not': 'entered-in-error,cancelled', _sort: '-date' },
  ],
  documents: ['DocumentReference', { status: 'current', _sort: '-date' }],
} as const satisfies Readonly<
  Record<KeptPart, readonly [FhirResource['resourceType'], SearchParameters]>
>;

/** Every failure but a refusal is thrown: half a record would look like a whole one. */
export const collectRecord = async (fhir: Fhir, patient: string): Promise<KeptRecord> => {
  const unreadable: KeptPart[] = [];
  const cut: KeptPart[] = [];
  const all = async <T extends FhirResource>(part: KeptPart): Promise<readonly T[]> => {
    const [type, parameters] = questions[part];
    try {
      const { items, isCut } = await everyPage(fhir, type, { patient, ...parameters });
      if (isCut) cut.push(part);
      return items as readonly T[];
    } catch (error) {
      if (kindOf(error) !== 'refused') throw error;
      unreadable.push(part);
      return [];
    }
  };
  const [person, conditions, allergies, medicines, immunizations, results, documents] =
    await Promise.all([
      read<Patient>(fhir, 'Patient', patient),
      all<Condition>('conditions'),
      all<AllergyIntolerance>('allergies'),
      all<MedicationRequest>('medicines'),
      all<Immunization>('immunizations'),
      all<Observation>('results'),
      all<DocumentReference>('documents'),
    ]);
  return {
    patient: withoutText(person),
    ...{ conditions, allergies, medicines, immunizations, results },
    documents: documents.map(withoutContent),
    ...{ unreadable, cut },
  };
};

const everyPage = async (
  fhir: Fhir,
  type: FhirResource['resourceType'],
  parameters: SearchParameters,
): Promise<{ readonly items: readonly FhirResource[]; readonly isCut: boolean }> => {
  const items: FhirResource[] = [];
  let page = await search(fhir, type, { ...parameters, _count: 100 });
  for (;;) {
    const { included } = page;
    items.push(...page.items.map((item) => withoutText(named(item, included))));
    if (page.next === undefined || items.length >= mostKept)
      return {
        items: items.slice(0, mostKept),
        isCut: page.next !== undefined || items.length > mostKept,
      };
    page = await readPage(fhir, page.next);
  }
};

/** A prescription names its medicine itself from here on: it cannot be looked up without network. */
const named = (item: FhirResource, included: readonly FhirResource[]): FhirResource =>
  item.resourceType === 'MedicationRequest' ? withMedicine(item, included) : item;

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
