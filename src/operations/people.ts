// The operations by which people are known besides at their hospital's desk: the clerk's worklist, dependants, sharing handles.

import type { Deliver } from '../access/contact.ts';
import type { AttachGuardian } from '../access/guardianship.ts';
import { createOneTimeCodes } from '../access/one-time-code.ts';
import type { Permit } from '../access/permit.ts';
import type { OnDecided } from '../access/registered.ts';
import type { Enrolling } from '../health-id/complete-patient.ts';
import type { ResolveHealthId } from '../health-id/resolve.ts';
import type { Context } from '../interactions/types.ts';
import type { Aliases } from '../health-id/alias.ts';
import { alias } from './alias.ts';
import { decide } from './decide.ts';
import { createAskPerson } from './decide/ask-person.ts';
import { createGuardianDecided } from './dependants/decided.ts';
import { createInvitations } from './dependants/invitations.ts';
import type { DependantParts } from './dependants/parts.ts';
import { acceptGuardianship, inviteGuardian } from './invite-guardian.ts';
import { confirmDependant, registerDependantOperation } from './register-dependant.ts';
import type { Operation } from './types.ts';

export interface PeopleParts {
  readonly enrolling: Enrolling;
  readonly resolve: ResolveHealthId;
  readonly aliases: Aliases;
  readonly now: () => number;
  readonly context: () => Context;
  /** From which age a person needs no guardian. */
  readonly majorityAge: number;
  /** Of those who look after what patients bring in themselves. */
  readonly clerks: () => Promise<Permit>;
  readonly deliver: Deliver;
  readonly attach: AttachGuardian;
  /** What sign-up does when a clerk has decided. */
  readonly onSignUpDecided: OnDecided;
  /** Called when a message could not be sent or what follows a decision failed; who asked is answered already. */
  readonly onFault: (error: unknown) => void;
}

export interface People {
  readonly operations: readonly Operation[];
  readonly onDecided: OnDecided;
}

export const openPeople = (parts: PeopleParts): People => {
  const { enrolling, now, deliver, onFault } = parts;
  const { records } = enrolling.store;
  const dependants: DependantParts = {
    ...parts,
    codes: createOneTimeCodes({ records, now, kind: 'guardian-code', seconds: approvalSeconds }),
    invitations: createInvitations(records, now),
    post: (contact, message) => {
      deliver(contact, message).catch(onFault);
    },
  };
  const onGuardianDecided = createGuardianDecided(dependants, parts.context);
  const onDecided: OnDecided = (decided) => {
    const on = decided.waiting.by === 'guardian' ? onGuardianDecided : parts.onSignUpDecided;
    return on(decided).catch(onFault);
  };
  return {
    onDecided,
    operations: [
      decide({
        ...{ enrolling, onDecided },
        askPerson: createAskPerson({ ...parts, store: enrolling.store }),
      }),
      registerDependantOperation(dependants),
      confirmDependant(dependants),
      inviteGuardian(dependants),
      acceptGuardianship(dependants),
      alias(parts.aliases),
    ],
  };
};

/** A parent far away answers within days. */
const approvalSeconds = 3 * 86_400;
