// The operations about who may see a patient's record.

import { approveAccess } from './approve-access.ts';
import { breakGlass } from './break-glass.ts';
import { confirmAccess } from './confirm-access.ts';
import { denyAccess } from './deny-access.ts';
import { endEmergency } from './end-emergency.ts';
import { requestAccess } from './request-access.ts';
import { reviewEmergency } from './review-emergency.ts';
import type { SharingParts } from './sharing/parts.ts';
import type { Operation } from './types.ts';

export const sharingOperations = (parts: SharingParts): readonly Operation[] => [
  requestAccess(parts),
  approveAccess(parts),
  denyAccess,
  confirmAccess(parts),
  breakGlass(parts),
  endEmergency(parts),
  reviewEmergency(parts),
];
