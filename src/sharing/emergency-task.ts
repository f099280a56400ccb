// emergency-task: the Task that stands for an emergency: it is open until somebody else has reviewed it. It is kept by the
// organization and lies in the patient's record as well.

import type { Caller } from '../access/caller.ts';
import { sharingTaskSystem } from '../access/sharing-task.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import type { Put } from '../interactions/prepare.ts';
import { sharingCodeOf } from '../interactions/servers-tasks.ts';
import type { Context } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import { purposeSystem } from './asked.ts';
import { keep } from './keep.ts';

export interface Opening {
  readonly caller: Caller;
  /** `Organization/1` */
  readonly organization: string;
  /** `Practitioner/1` */
  readonly person: string;
  /** Logical id. */
  readonly patient: string;
  readonly reason: string;
  /** Code of v3-ActReason. */
  readonly purpose: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export const emergencyTask = (
  { organization, person, patient, reason, purpose, until }: Opening,
  context: Context,
): Promise<Put> => {
  const start = new Date(context.now()).toISOString();
  const resource: Resource = {
    resourceType: 'Task',
    ...{ status: 'requested', intent: 'order' },
    code: { coding: [{ system: sharingTaskSystem, code: 'review-emergency' }] },
    description: reason,
    for: { reference: `Patient/${patient}` },
    executionPeriod: { start, end: new Date(until).toISOString() },
    authoredOn: start,
    requester: { reference: person },
    reasonCode: { coding: [{ system: purposeSystem, code: purpose }] },
  };
  return keep({ keeper: organization, id: context.newId(), resource }, context);
};

export interface StandingEmergency {
  readonly version: Version;
  readonly task: Resource;
  /** `Practitioner/1` */
  readonly requester: string;
  /** Logical id. */
  readonly patient: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly isReviewed: boolean;
}

/** undefined for a Task of another kind. */
export const readEmergency = (version: Version): StandingEmergency | undefined => {
  const task = JSON.parse(version.text) as Resource;
  if (sharingCodeOf(task) !== 'review-emergency') return undefined;
  return {
    ...{ version, task },
    requester: referenceIn(task['requester']),
    patient: referenceIn(task['for']).replace('Patient/', ''),
    until: Date.parse(String(periodOf(task)['end'])),
    isReviewed: task['status'] !== 'requested',
  };
};

/** The Task with its end now. */
export const endNow = ({ version, task }: StandingEmergency, context: Context): Promise<Put> => {
  const end = new Date(context.now()).toISOString();
  const executionPeriod = { ...periodOf(task), end };
  return keepAgain(version, { ...task, executionPeriod }, context);
};

export interface Review {
  readonly outcome: 'justified' | 'unjustified';
  /** In the reviewer's words. */
  readonly text: string | undefined;
}

/** The Task completed. What was not right is over with it. */
export const review = (
  { version, task, until }: StandingEmergency,
  { outcome, text }: Review,
  context: Context,
): Promise<Put> => {
  const now = context.now();
  const end = new Date(outcome === 'justified' ? until : Math.min(until, now)).toISOString();
  const reviewed: Resource = {
    ...task,
    status: 'completed',
    businessStatus: { text: outcome },
    executionPeriod: { ...periodOf(task), end },
    ...(text === undefined ? {} : { note: [{ time: new Date(now).toISOString(), text }] }),
  };
  return keepAgain(version, reviewed, context);
};

const keepAgain = (previous: Version, resource: Resource, context: Context): Promise<Put> => {
  const { id, custodian: keeper = '' } = previous;
  return keep({ keeper, id, previous, resource }, context);
};

const referenceIn = (value: unknown): string => (isObject(value) ? String(value['reference']) : '');
const periodOf = ({ executionPeriod }: Resource): Readonly<Record<string, unknown>> =>
  isObject(executionPeriod) ? executionPeriod : {};
