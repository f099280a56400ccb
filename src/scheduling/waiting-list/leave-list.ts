// leave-list: who no longer waits for a time, and who does not want the one that was offered.

import { locate } from '../../interactions/locate.ts';
import { retryConflicts } from '../../interactions/retry.ts';
import type { Context } from '../../interactions/types.ts';
import type { Version } from '../../store/port.ts';
import { checkCovers, isTheirs, type Asker } from '../asker.ts';
import { keepAll } from '../keep.ts';
import { readWaiting } from './waiting.ts';

/** Cancels an Appointment that waits; undefined when it does not wait, or is not there for this caller. */
export const leaveList = (
  id: string,
  { asker, as }: { readonly asker: Asker; readonly as: object },
  context: Context,
): Promise<Version | undefined> =>
  retryConflicts(async () => {
    const previous = await locate({ type: 'Appointment', id }, asker.permit, context);
    if (!previous || previous.deleted || !isTheirs(asker, previous)) return undefined;
    const waiting = readWaiting(previous);
    if (!waiting) return undefined;
    const resource = { ...waiting.resource, ...as, id };
    await checkCovers(asker, { right: 'update', appointment: resource, previous }, context);
    const keeper = { custodian: previous.custodian, permit: asker.permit };
    const [version] = await keepAll([{ resource, previous }], keeper, context);
    return version;
  });
