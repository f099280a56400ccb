// Policy: who needs a second factor.

import type { Role } from '../../access/caller.ts';
import { isStaffRole } from '../../access/staff.ts';
import type { User } from '../../access/user.ts';

/** MFA_STAFF: whether staff must have a second factor. Who has one is always asked for it. */
export type StaffFactor = 'required' | 'optional';

/** Administrators see no records, and can open every door to them. */
export const isStaff = (role: Role): boolean => isStaffRole(role) || role === 'administrator';

/** What comes after a first step that proved one factor. */
export const nextStep = (user: User, staffFactor: StaffFactor): 'factor' | 'enrol' | 'done' => {
  const hasFactor = (user.factors ?? []).some(({ kind }) => kind !== 'recovery');
  if (hasFactor) return 'factor';
  return staffFactor === 'required' && isStaff(user.role) ? 'enrol' : 'done';
};
