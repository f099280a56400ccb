// Appointment/[id]/$cancel, $reschedule, $no-show and $decline: what becomes of a visit after it was held or booked.

import { notSupported } from '../fhir/problem.ts';
import type { Context, FhirRequest, Handler } from '../interactions/types.ts';
import { askerOf, type Asker } from '../scheduling/asker.ts';
import { cancelVisit, declineOffer, moveVisit, noteNoShow } from '../scheduling/change-visit.ts';
import type { Version } from '../store/port.ts';
import { readInputs, readText, type InputParameter, type Inputs } from './parameters.ts';
import { answerAppointment, requireId } from './scheduling/answer-appointment.ts';
import type { Operation } from './types.ts';

interface Asked {
  readonly id: string;
  readonly asker: Asker;
  readonly inputs: Inputs;
  readonly request: FhirRequest;
}
type Change = (asked: Asked, context: Context) => Promise<Version>;

const changing = (name: string, table: readonly InputParameter[], change: Change): Operation => ({
  name: `$${name}`,
  definition: `https://meridian.example/OperationDefinition/${name}`,
  levels: ['instance'],
  types: ['Appointment'],
  affectsState: true,
  handler: handlerOf(name, table, change),
});

const handlerOf =
  (name: string, table: readonly InputParameter[], change: Change): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported(`$${name} is asked by POST.`);
    const asker = askerOf(permit, 'update');
    const inputs = readInputs(request, table);
    const version = await change({ id: request.id ?? '', asker, inputs, request }, context);
    context.timeGivenUp?.();
    return answerAppointment(200, version, request);
  };

export const changeOperations: readonly Operation[] = [
  changing('cancel', [{ name: 'reason', type: 'string' }], ({ id, asker, inputs }, context) =>
    cancelVisit(id, { asker, reason: readText(inputs, 'reason') }, context),
  ),
  changing(
    'reschedule',
    [{ name: 'appointment-reference', type: 'Reference' }],
    ({ id, asker, inputs, request: { base } }, context) => {
      const asked = { name: 'appointment-reference', type: 'Appointment' };
      return moveVisit(id, { asker, proposal: requireId(inputs, asked, base) }, context);
    },
  ),
  changing('decline', [], ({ id, asker }, context) => declineOffer(id, asker, context)),
  changing('no-show', [], ({ id, asker }, context) => noteNoShow(id, asker, context)),
];
