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
  const [keeper, patient] = version.custodian?.split('/') ?? [];
  if (sharingCodeOf(task) !== 'request-access' || keeper !== 'Patient' || patient === undefined)
    return 'no request';
  if (task['status'] !== 'requested') return 'answered';
  if (answerByOf(task) <= now) return 'over';
  return { version, task, patient, asked: readAsked(task), ownTask: ownTaskOf(task) };
};

const answerByOf = ({ restriction }: Resource): number => {
  const period = isObject(restriction) ? restriction['period'] : undefined;
  return isObject(period) ? Date.parse(String(period['end'])) : 0;
};

const ownTaskOf = ({ basedOn }: Resource): string => {
  const [first] = basedOn as readonly { readonly reference: string }[];
  return first!.reference.replace('Task/', '');
};
