// Appointment/$wait: a place on the waiting list of a Schedule; a time that somebody gives up is offered to the longest waiting.
// https://hl7.org/fhir/R4/valueset-appointmentstatus.html

import { notSupported } from '../fhir/problem.ts';
import type { Handler } from '../interactions/types.ts';
import { askerOf, patientFor } from '../scheduling/asker.ts';
import { putOnList } from '../scheduling/waiting-list/wait.ts';
import { readInputs, readText } from './parameters.ts';
import { answerAppointment, readIdOf, requireId } from './scheduling/answer-appointment.ts';
import { readSpan } from './scheduling/read-span.ts';
import type { Operation } from './types.ts';

const table = [
  { name: 'schedule', type: 'Reference' },
  { name: 'start', type: 'dateTime' },
  { name: 'end', type: 'dateTime' },
  { name: 'patient-reference', type: 'Reference' },
  { name: 'instead-of', type: 'Reference' },
  { name: 'comment', type: 'string' },
] as const;

const mostDays = 366;

const wait: Handler = async (request, permit, context) => {
  if (request.method !== 'POST') throw notSupported('$wait is asked by POST.');
  const asker = askerOf(permit, 'create');
  const inputs = readInputs(request, table);
  const { base } = request;
  const schedule = requireId(inputs, { name: 'schedule', type: 'Schedule' }, base);
  const period = readSpan(inputs, mostDays);
  const named = readIdOf(inputs, { name: 'patient-reference', type: 'Patient' }, base);
  const patient = await patientFor(asker, named, context);
  const insteadOf = readIdOf(inputs, { name: 'instead-of', type: 'Appointment' }, base);
  const wish = { schedule, patient, period, insteadOf, comment: readText(inputs, 'comment') };
  const version = await putOnList(wish, asker, context);
  context.timeGivenUp?.();
  return answerAppointment(201, version, request);
};

export const waitOperation: Operation = {
  name: '$wait',
  definition: 'https://meridian.example/OperationDefinition/wait',
  levels: ['type'],
  types: ['Appointment'],
  affectsState: true,
  handler: wait,
};
