// person-of: whom a Task asks about, as they were described.

import { businessRule } from '../../fhir/problem.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { OpenTask } from '../../health-id/open-task.ts';
import { locate } from '../../interactions/locate.ts';
import type { Version } from '../../store/port.ts';
import type { Exchange } from './parts.ts';

/** `self` is the id of a person who is stored already. */
export const personOf = async (
  { about }: OpenTask,
  exchange: Exchange,
): Promise<{ readonly person: Resource; readonly self: string | undefined }> => {
  if (about.kind === 'person') return { person: about.person, self: undefined };
  const { text, id } = await patientOf(about.id, exchange);
  return { person: JSON.parse(text) as Resource, self: id };
};

/** Throws 422 when the Patient is not there any more. */
export const patientOf = async (
  id: string,
  { permit, context }: Pick<Exchange, 'permit' | 'context'>,
): Promise<Version> => {
  const current = await locate({ type: 'Patient', id }, permit, context);
  if (current && !current.deleted) return current;
  throw businessRule(`The Patient of this Task is not there: Patient/${id}.`, 'Task.focus');
};
