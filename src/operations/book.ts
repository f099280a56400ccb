// Appointment/$book: books what was held, or at once a time that $find gave.
// https://profiles.ihe.net/ITI/Scheduling/ITI-117.html

import { notSupported } from '../fhir/problem.ts';
import type { Handler } from '../interactions/types.ts';
import { askerOf, patientFor } from '../scheduling/asker.ts';
import { bookHeld } from '../scheduling/change-visit.ts';
import { makeVisit } from '../scheduling/make-visit.ts';
import { readVisitId } from '../scheduling/visit-id.ts';
import { readInputs, readText } from './parameters.ts';
import { answerAppointment, readIdOf, requireId } from './scheduling/answer-appointment.ts';
import type { Operation } from './types.ts';

const table = [
  { name: 'appointment-reference', type: 'Reference' },
  { name: 'patient-reference', type: 'Reference' },
  { name: 'comment', type: 'string' },
] as const;

const book: Handler = async (request, permit, context) => {
  if (request.method !== 'POST') throw notSupported('$book is asked by POST.');
  const inputs = readInputs(request, table);
  const { base } = request;
  const id = requireId(inputs, { name: 'appointment-reference', type: 'Appointment' }, base);
  const comment = readText(inputs, 'comment');
  const isHeld = readVisitId(id) === undefined;
  const asker = askerOf(permit, isHeld ? 'update' : 'create');
  if (isHeld) {
    const version = await bookHeld(id, { asker, comment }, context);
    context.timeGivenUp?.();
    return answerAppointment(200, version, request);
  }
  const named = readIdOf(inputs, { name: 'patient-reference', type: 'Patient' }, base);
  const patient = await patientFor(asker, named, context);
  const visit = { proposal: id, patient, as: 'booked', comment } as const;
  return answerAppointment(201, await makeVisit(visit, asker, context), request);
};

export const bookOperation: Operation = {
  name: '$book',
  definition: 'https://meridian.example/OperationDefinition/book',
  levels: ['type'],
  types: ['Appointment'],
  affectsState: true,
  handler: book,
};
