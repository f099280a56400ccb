// Encounter/$everything: what belongs to one encounter, with the resources it refers to.
// https://hl7.org/fhir/R4/encounter-operation-everything.html

import { compartmentParameters } from '../fhir/compartment.ts';
import { readReference } from '../fhir/reference.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import { locate } from '../interactions/locate.ts';
import { keyOf } from '../interactions/parts.ts';
import type { Handler } from '../interactions/types.ts';
import { everything as wholeStore, type Plan } from '../search/plan.ts';
import { answerRecord, inCompartment } from './everything/answer-record.ts';
import type { Operation } from './types.ts';

const handler: Handler = async (request, permit, context) => {
  const { definitions } = context;
  const key = keyOf(request);
  const encounter = await locate(key, permit, context);
  const patient = patientOf(encounter?.text, request.base);
  // Of clinical records only those of the encounter's own patient are added.
  const ofPatient: Plan | undefined = patient === undefined ? undefined : inCompartment(patient);
  return answerRecord(
    request,
    {
      members: inCompartment(`Encounter/${key.id}`),
      supports: (type) =>
        type === 'Patient' || compartmentParameters(definitions, 'Patient', type).length > 0
          ? ofPatient
          : wholeStore,
      dates: 'refused',
    },
    permit,
    context,
  );
};

const patientOf = (text: string | undefined, base: string): string | undefined => {
  if (text === undefined || text === '') return undefined;
  const { subject } = JSON.parse(text) as Resource & { readonly subject?: unknown };
  const link = isObject(subject) ? subject['reference'] : undefined;
  const found = typeof link === 'string' ? readReference(link, base) : undefined;
  return found?.type === 'Patient' ? `Patient/${found.id}` : undefined;
};

export const encounterEverything: Operation = {
  name: '$everything',
  definition: 'http://hl7.org/fhir/OperationDefinition/Encounter-everything',
  levels: ['instance'],
  types: ['Encounter'],
  affectsState: false,
  right: 'read',
  handler,
};
