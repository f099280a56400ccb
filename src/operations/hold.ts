// Appointment/$hold: a time that $find gave is kept for a few minutes while somebody makes up their mind.
// https://profiles.ihe.net/ITI/Scheduling/ITI-116.html

import { notSupported } from '../fhir/problem.ts';
import type { Handler } from '../interactions/types.ts';
import { askerOf, patientFor } from '../scheduling/asker.ts';
import { makeVisit } from '../scheduling/make-visit.ts';
import { readInputs, readText } from './parameters.ts';
import { answerAppointment, readIdOf, requireId } from './scheduling/answer-appointment.ts';
import type { Operation } from './types.ts';

const table = [
  { name: 'appointment-reference', type: 'Reference' },
  { name: 'patient-reference', type: 'Reference' },
  { name: 'comment', type: 'string' },
] as const;

const hold: Handler = async (request, permit, context) => {
  if (request.method !== 'POST') throw notSupported('$hold is asked by POST.');
  const asker = askerOf(permit, 'create');
  const inputs = readInputs(request, table);
  const { base } = request;
  const proposal = requireId(inputs, { name: 'appointment-reference', type: 'Appointment' }, base);
  const named = readIdOf(inputs, { name: 'patient-reference', type: 'Patient' }, base);
  const patient = await patientFor(asker, named, context);
  const visit = { proposal, patient, as: 'pending', comment: readText(inputs, 'comment') } as const;
  return answerAppointment(201, await makeVisit(visit, asker, context), request);
};

export const holdOperation: Operation = {
  name: '$hold',
  definition: 'https://meridian.example/OperationDefinition/hold',
  levels: ['type'],
  types: ['Appointment'],
  affectsState: true,
  handler: hold,
};
