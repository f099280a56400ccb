// Recent: the patients opened in this tab, newest first. Only their ids are kept, as drafts are: whoever signs in next has their own.
// What is shown of them is read again each time.

import { keepDraft, readDraft } from '@meridian/ui/session/drafts.ts';

const key = 'recent patients';
const most = 8;

export const recentPatients = (): readonly string[] =>
  (readDraft(key) as readonly string[] | undefined) ?? [];

export const rememberPatient = (id: string): void => {
  keepDraft(key, [id, ...recentPatients().filter((other) => other !== id)].slice(0, most));
};

/** In the order in which they were opened; those no longer open to this person are left out. */
export const inOrder = <T extends { readonly id?: string | undefined }>(
  ids: readonly string[],
  patients: readonly T[],
): readonly T[] => ids.flatMap((id) => patients.find((patient) => patient.id === id) ?? []);
