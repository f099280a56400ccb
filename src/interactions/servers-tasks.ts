// servers-tasks: Tasks that stand for what the server was asked or did, such as a request for access. Only operations change them.

import type { Permit } from '../access/permit.ts';
import { sharingTaskSystem } from '../access/sharing-task.ts';
import { forbidden } from '../fhir/problem.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import type { Version } from '../store/port.ts';

/** Throws 403 when a caller writes one directly: whoever could, could ask for more than the patient was shown. */
export const checkServersTask = (
  written: Resource | undefined,
  previous: Version | undefined,
  { caller }: Permit,
): void => {
  if (caller === undefined || (written?.resourceType ?? previous?.type) !== 'Task') return;
  const before = previous?.text ? (JSON.parse(previous.text) as Resource) : undefined;
  if (sharingCodeOf(written) === undefined && sharingCodeOf(before) === undefined) return;
  throw forbidden(
    'Tasks about sharing are changed by operations alone, such as $approve-access and $deny-access.',
    'Task.code',
  );
};

/** The code of such a Task; undefined for any other. */
export const sharingCodeOf = (task: Resource | undefined): string | undefined => {
  const code = task?.['code'];
  const codings: readonly unknown[] =
    isObject(code) && Array.isArray(code['coding']) ? code['coding'] : [];
  const own = codings.filter(isObject).find(({ system }) => system === sharingTaskSystem);
  return own && String(own['code']);
};
