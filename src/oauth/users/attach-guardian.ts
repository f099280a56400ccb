// Attach a guardian: whoever looks after somebody finds them among the people to choose from, at the next launch.

import {
  guardianshipKind,
  type AttachGuardian,
  type Guardianship,
} from '../../access/guardianship.ts';
import type { User } from '../../access/user.ts';
import type { RecordStore } from '../../store/port.ts';
import type { Users } from './users.ts';

export const createAttachGuardian =
  ({ users, records }: { readonly users: Users; readonly records: RecordStore }): AttachGuardian =>
  async ({ guardian, relatedPerson }) => {
    const found = (await records.find('user', { fhirUser: guardian })) as readonly User[];
    for (const { id } of found)
      await users.change(id, (user) => ({
        ...user,
        relatedPersons: [...new Set([...(user.relatedPersons ?? []), relatedPerson])],
      }));
  };

/** Whom a patient stands for already who gets an account only now. */
export const relatedPersonsOf = async (
  patient: string,
  records: Pick<RecordStore, 'find'>,
): Promise<readonly string[]> => {
  const where = { guardian: `Patient/${patient}` };
  const found = (await records.find(guardianshipKind, where)) as readonly Guardianship[];
  return found.map(({ relatedPerson }) => relatedPerson);
};
