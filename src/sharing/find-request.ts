// find-request: a request for access in a patient's record that still waits for an answer.

import { isObject, type Resource } from '../fhir/resource.ts';
import { sharingCodeOf } from '../interactions/servers-tasks.ts';
import type { Version } from '../store/port.ts';
import { readAsked, type Asked } from './asked.ts';

export interface WaitingRequest {
  /** In the patient's record. */
  readonly version: Version;
  readonly task: Resource;
  readonly asked: Asked;
  /** Logical id. */
  readonly patient: string;
  /** Id of the Task that the asking organization keeps. */
  readonly ownTask: string;
}

export type Finding = WaitingRequest | 'no request' | 'answered' | 'over';

/** Only what the server itself put into the record of the patient is a request. */
export const readRequest = (version: Version, now: number): Finding => {
  const task = JSON.parse(version.text) as Resource;
  const isPatients = version.custodian?.startsWith('Patient/') === true;
  if (sharingCodeOf(task) !== 'request-access' || !isPatients) return 'no request';
  if (task['status'] === 'completed' || task['status'] === 'rejected') return 'answered';
  if (task['status'] !== 'requested' || answerByOf(task) <= now) return 'over';
  return {
    version,
    task,
    patient: patientOf(task),
    asked: readAsked(task),
    ownTask: ownTaskOf(task),
  };
};

const answerByOf = ({ executionPeriod }: Resource): number =>
  isObject(executionPeriod) ? Date.parse(String(executionPeriod['end'])) : 0;

/** Who was merged is the survivor here, whoever kept the record before. */
const patientOf = (task: Resource): string => {
  const { reference } = task['for'] as { readonly reference: string };
  return reference.replace('Patient/', '');
};

const ownTaskOf = ({ basedOn }: Resource): string => {
  const [first] = basedOn as readonly { readonly reference: string }[];
  return first!.reference.replace('Task/', '');
};
