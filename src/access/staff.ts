// Staff: the roles of those who work for an organization, and see what it keeps.

import type { Role } from './caller.ts';

export const staffRoles = ['clinician', 'desk', 'pharmacist', 'biller'] as const satisfies Role[];

export type StaffRole = (typeof staffRoles)[number];

export const isStaffRole = (role: string): role is StaffRole =>
  staffRoles.some((each) => each === role);
