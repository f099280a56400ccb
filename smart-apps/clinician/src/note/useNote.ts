// useNote: a note while it is written, and sending it, signed or to be gone on with.

import { useState } from 'react';
import type { UseMutationResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useWrite } from '@meridian/ui/fhir/hooks.ts';
import { useDraft } from '@meridian/ui/session/useDraft.ts';
import { transact } from '../writing/transaction.ts';
import { useOwnRole } from '../writing/useOwnRole.ts';
import { entriesOf } from './entries.ts';
import { newNote, type Note } from './note.ts';
import type { Visit } from './useVisit.ts';

/** Signed and over, or kept to be gone on with. */
export type Ending = 'signed' | 'kept';

export interface Writing {
  readonly note: Note;
  readonly change: (note: Note) => void;
  readonly send: (ending: Ending) => void;
  readonly sending: UseMutationResult<readonly string[], Error, Ending>;
}

export const useNote = (
  patient: string,
  visit: Visit,
  onWritten: (ending: Ending) => void,
): Writing => {
  const { t } = useTranslation('note');
  const { reference: author, organization } = useOwnRole();
  const [begun] = useState(() => new Date().toISOString());
  const [first] = useState(() => newNote(crypto.randomUUID()));
  // By the address: a visit that is found or begins while one writes leaves what is written where it is.
  const [note, setNote, clear] = useDraft<Note>(`note:${patient}:${visit.named ?? ''}`, first);
  const sending = useWrite(
    (fhir, ending: Ending) =>
      transact(
        fhir,
        entriesOf(note, {
          ...{ patient, author, begun, isOver: ending === 'signed' },
          encounter: visit.encounter,
          appointment: visit.appointment,
          custodian: organization && { reference: `Organization/${organization.id ?? ''}` },
          at: new Date().toISOString(),
          title: t('document'),
        }),
      ),
    ['Encounter', 'Condition', 'Observation', 'DocumentReference', 'Appointment'],
    (_written, ending) => {
      clear();
      onWritten(ending);
    },
  );
  return {
    ...{ note, sending },
    // Another key: what was sent before is not taken for it.
    change: (next) => setNote({ ...next, key: crypto.randomUUID() }),
    send: (ending) => sending.mutate(ending),
  };
};
