// read-patient: the patient whose cards are asked for; who is hidden is not there.

import { parseDocument } from '../../fhir/json.ts';
import { gone, notFound } from '../../fhir/problem.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Context, FhirRequest } from '../../interactions/types.ts';
import type { Plan } from '../../search/plan.ts';
import type { Version } from '../../store/port.ts';

/** Within what the plan lets be seen. Throws 404 or 410. */
export const readPatient = async (
  { id = '' }: Pick<FhirRequest, 'id'>,
  within: Plan,
  { store }: Pick<Context, 'store'>,
): Promise<{ readonly resource: Resource; readonly version: Version }> => {
  const key = { type: 'Patient', id };
  const [version] = (await store.resources.versions(key, within, { size: 1 })).items;
  if (!version) throw notFound('Patient', id);
  if (version.deleted) throw gone('Patient', id);
  return { resource: parseDocument(version.text, Infinity).exact, version };
};
