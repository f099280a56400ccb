// servers-tasks: Tasks that stand for what the server was asked or did, such as a request for access, an upload that waits for its
// patient, or a person who may be known. Only operations change them.

import type { Permit } from '../access/permit.ts';
import { sharingTaskSystem } from '../access/sharing-task.ts';
import { forbidden } from '../fhir/problem.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import type { Version } from '../store/port.ts';

/** The code system of the Tasks by which uploads wait. */
export const uploadTaskSystem = 'https://meridian.example/CodeSystem/upload-task';

/** The code system of the Tasks that ask who a person is, and of those that stand for a merge. */
export const identityTaskSystem = 'https://meridian.example/CodeSystem/identity-task';

/** What an operation writes such a Task under: what its caller reaches and nothing more, but in the server's own name. */
export const asOperation = (permit: Permit): Permit => {
  const { caller, ...rights } = permit;
  return caller ? rights : permit;
};

/** Throws 403 when a caller writes one directly: whoever could, could ask for more than the patient was shown. */
export const checkServersTask = (
  written: Resource | undefined,
  previous: Version | undefined,
  { caller }: Permit,
): void => {
  if (caller === undefined || (written?.resourceType ?? previous?.type) !== 'Task') return;
  const before = previous?.text ? (JSON.parse(previous.text) as Resource) : undefined;
  for (const [system, operations] of Object.entries(kinds))
    if (codeOf(written, system) !== undefined || codeOf(before, system) !== undefined)
      throw forbidden(`Such a Task is changed by operations alone: ${operations}.`, 'Task.code');
};

const kinds: Readonly<Record<string, string>> = {
  [sharingTaskSystem]: '$approve-access, $deny-access and the like',
  [uploadTaskSystem]: '$file-upload and $cancel-upload',
  [identityTaskSystem]: 'Task/[id]/$decide; a merge is taken back by Patient/$unmerge',
};

/** The code of a Task about sharing; undefined for any other. */
export const sharingCodeOf = (task: Resource | undefined): string | undefined =>
  codeOf(task, sharingTaskSystem);

/** The code of a Task of the identity worklist; undefined for any other. */
export const identityCodeOf = (task: Resource | undefined): string | undefined =>
  codeOf(task, identityTaskSystem);

const codeOf = (task: Resource | undefined, of: string): string | undefined => {
  const code = task?.['code'];
  const codings: readonly unknown[] =
    isObject(code) && Array.isArray(code['coding']) ? code['coding'] : [];
  const own = codings.filter(isObject).find(({ system }) => system === of);
  return own && String(own['code']);
};
