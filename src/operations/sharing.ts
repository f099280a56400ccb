// The operations about who may see a patient's record.

import { approveAccess } from './approve-access.ts';
import { denyAccess } from './deny-access.ts';
import { requestAccess } from './request-access.ts';
import type { SharingParts } from './sharing/parts.ts';
import type { Operation } from './types.ts';

export const sharingOperations = (parts: SharingParts): readonly Operation[] => [
  requestAccess(parts),
  approveAccess,
  denyAccess,
];
