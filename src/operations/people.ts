// The operations by which people are known who have no hospital of their own yet: the clerk's worklist.

import type { Deliver } from '../access/contact.ts';
import type { OnDecided } from '../access/registered.ts';
import type { Enrolling } from '../health-id/complete-patient.ts';
import type { ResolveHealthId } from '../health-id/resolve.ts';
import { decide } from './decide.ts';
import { createAskPerson } from './decide/ask-person.ts';
import type { Operation } from './types.ts';

export interface PeopleParts {
  readonly enrolling: Enrolling;
  readonly resolve: ResolveHealthId;
  readonly now: () => number;
  readonly deliver: Deliver;
  readonly onDecided: OnDecided;
  /** Called when a message could not be sent; who asked is answered already. */
  readonly onFault: (error: unknown) => void;
}

export const peopleOperations = (parts: PeopleParts): readonly Operation[] => [
  decide({ ...parts, askPerson: createAskPerson({ ...parts, store: parts.enrolling.store }) }),
];
