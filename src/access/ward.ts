// Ward: the patient a RelatedPerson stands for. The first look binds the two for good: whoever may write RelatedPersons could
// otherwise point one, and the account behind it, at another patient.

import { readReference } from '../fhir/reference.ts';
import type { Resource } from '../fhir/resource.ts';
import type { RecordStore, ResourceStore } from '../store/port.ts';

export interface WardSources {
  readonly resources: Pick<ResourceStore, 'read'>;
  readonly records: Pick<RecordStore, 'add' | 'get'>;
}

/** Logical id of the Patient; undefined while the relation is not active, or when it names another patient than at first. */
export const wardOf = async (
  relatedPerson: string,
  { resources, records }: WardSources,
): Promise<string | undefined> => {
  const [found] = await resources.read([{ type: 'RelatedPerson', id: relatedPerson }]);
  if (found === undefined || found.deleted) return undefined;
  const patient = patientOf(JSON.parse(found.text) as Resource);
  if (patient === undefined || (await records.add(kind, relatedPerson, { patient })))
    return patient;
  const bound = (await records.get(kind, relatedPerson)) as { readonly patient: string };
  return bound.patient === patient ? patient : undefined;
};

const kind = 'ward';

const patientOf = (relation: Resource): string | undefined => {
  if (relation['active'] === false) return undefined;
  const patient = relation['patient'] as { readonly reference?: string } | undefined;
  const reference = readReference(patient?.reference ?? '');
  return reference?.type === 'Patient' ? reference.id : undefined;
};
