// end-waiting: who waits for a time in a period that is over waits no more.

import { unrestricted } from '../../access/permit.ts';
import type { Context } from '../../interactions/types.ts';
import { Conflict } from '../../store/port.ts';
import { keepAll } from '../keep.ts';
import { withStatus } from '../plans.ts';
import { readAll } from '../read-all.ts';
import { isFromList, readWaiting } from './waiting.ts';

export const endWaiting = async (context: Context): Promise<void> => {
  const now = context.now();
  for (const previous of await readAll(withStatus('Appointment', ['waitlist'], context), context)) {
    const waiting = readWaiting(previous);
    if (!waiting || !isFromList(waiting.resource)) continue;
    if (waiting.periods.some(({ end }) => end > now)) continue;
    const resource = { ...waiting.resource, ...over, id: previous.id };
    const keeper = { custodian: previous.custodian, permit: unrestricted };
    await keepAll([{ resource, previous }], keeper, context).catch(leaveToOthers);
  }
};

const over = {
  status: 'cancelled',
  cancelationReason: { text: 'No time became free in the period.' },
};

const leaveToOthers = (error: unknown): void => {
  if (!(error instanceof Conflict)) throw error;
};
