// Open an account for a Patient who has proven an address: its user name is the address, its password what was chosen before.

import type { Contact } from '../../access/contact.ts';
import type { User } from '../../access/user.ts';
import type { RecordStore } from '../../store/port.ts';
import { relatedPersonsOf } from '../users/attach-guardian.ts';
import type { NewUser, Users } from '../users/users.ts';
import { usernameOf } from './applicant.ts';

export interface NewAccount {
  readonly name: string;
  readonly contact: Contact;
  /** Logical id. */
  readonly patient: string;
  /** As a PHC string: it was checked and hashed when it was typed. */
  readonly password: string;
}

export interface Accounts {
  readonly users: Users;
  readonly records: Pick<RecordStore, 'find'>;
}

/** Throws 409 when somebody else was quicker with the same address. */
export const openAccount = async (
  { password, ...account }: NewAccount,
  { users, records }: Accounts,
): Promise<User> => {
  const { id } = await users.create({ ...(await draftOf(account, records)), status: 'invited' });
  return users.change(id, (user) => ({ ...user, password, status: 'active' }));
};

/** With whom the patient looks after already. */
export const draftOf = async (
  { name, contact, patient }: Omit<NewAccount, 'password'>,
  records: Accounts['records'],
): Promise<NewUser> => ({
  relatedPersons: await relatedPersonsOf(patient, records),
  ...{ username: usernameOf(contact), name, role: 'patient' },
  fhirUser: `Patient/${patient}`,
  ...(contact.kind === 'mail' ? { email: contact.to } : { phone: contact.to }),
});
