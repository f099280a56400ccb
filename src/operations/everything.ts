// Patient/$everything: the whole record of one patient or of all, with the resources outside of it that it refers to.
// https://hl7.org/fhir/R4/patient-operation-everything.html

import { compartmentParameters } from '../fhir/compartment.ts';
import type { Handler } from '../interactions/types.ts';
import { everything as wholeStore } from '../search/plan.ts';
import { answerRecord, inCompartment, inCompartmentsOf } from './everything/answer-record.ts';
import type { Operation } from './types.ts';

const handler: Handler = (request, permit, context) => {
  const { definitions } = context;
  return answerRecord(
    request,
    {
      members:
        request.id === undefined
          ? inCompartmentsOf('Patient')
          : inCompartment(`Patient/${request.id}`),
      // A type that can be in a patient's compartment and is not in this one belongs to another patient.
      supports: (type) =>
        type === 'Patient' || compartmentParameters(definitions, 'Patient', type).length > 0
          ? undefined
          : wholeStore,
      dates: 'taken',
    },
    permit,
    context,
  );
};

export const everything: Operation = {
  name: '$everything',
  definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything',
  levels: ['type', 'instance'],
  types: ['Patient'],
  affectsState: false,
  right: 'read',
  handler,
};
