// parts: what a decision of a clerk is made with: the request, and what is composed once.

import type { Permit } from '../../access/permit.ts';
import type { OnDecided } from '../../access/registered.ts';
import type { Enrolling } from '../../health-id/complete-patient.ts';
import type { Context, FhirRequest } from '../../interactions/types.ts';
import type { AskPerson } from './ask-person.ts';

export interface Deciding {
  readonly enrolling: Enrolling;
  readonly askPerson: AskPerson;
  readonly onDecided: OnDecided;
}

export interface Exchange {
  readonly request: FhirRequest;
  readonly permit: Permit;
  readonly context: Context;
}
