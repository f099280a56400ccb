// end-requests: requests for access that nobody has answered in time end: those of patients, and those of nobody with them.

import type { Resource } from '../fhir/resource.ts';
import type { Context } from '../interactions/types.ts';
import { and, type Plan } from '../search/plan.ts';
import { valueParams } from '../search/value-params.ts';
import { Conflict, type Version } from '../store/port.ts';
import { sharingTaskSystem } from '../access/sharing-task.ts';
import { keep } from './keep.ts';

/** Gives how many ended. Several servers may do it at once: each Task ends once. */
export const endRequests = async (context: Context): Promise<number> => {
  let ended = 0;
  for (;;) {
    const { items } = await context.store.resources.search(waitingTooLong(context), {
      ...{ sort: [], size: atOnce },
    });
    const changes = await Promise.all(items.map((version) => end(version, context)));
    ended += changes.filter(Boolean).length;
    // What another server is just ending is left to it.
    if (items.length < atOnce || !changes.some(Boolean)) return ended;
  }
};

const atOnce = 100;

const waitingTooLong = ({ definitions, now }: Context): Plan => {
  const paramsOf = (code: string) => valueParams('Task', code, definitions);
  const [low, high] = [now(), now() + 1];
  return and(
    { op: 'type', types: ['Task'] },
    {
      op: 'token',
      params: paramsOf('code'),
      any: [{ system: sharingTaskSystem, code: 'request-access' }],
    },
    { op: 'token', params: paramsOf('status'), any: [{ code: 'requested' }] },
    { op: 'date', params: paramsOf('period'), prefix: 'eb', low, high },
  );
};

const end = async (previous: Version, context: Context): Promise<boolean> => {
  const { id, text, custodian: keeper = '' } = previous;
  const resource = { ...(JSON.parse(text) as Resource), status: 'cancelled' };
  const change = await keep({ keeper, id, previous, resource }, context);
  try {
    await context.store.resources.commit([change]);
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
};
