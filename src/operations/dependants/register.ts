// register: a dependant who is described, by the table for everybody: new, known beyond doubt, or for a clerk to look at.

import { isSameContact, type Contact } from '../../access/contact.ts';
import { serversPermit, type Permit } from '../../access/permit.ts';
import { retryConflicts } from '../../interactions/retry.ts';
import type { Resource } from '../../fhir/resource.ts';
import { registerPerson } from '../../health-id/register-person.ts';
import type { FhirResponse } from '../../interactions/types.ts';
import { dependantLetter } from './letters.ts';
import { link, linked, pending, planLink } from './link.ts';
import type { Claim, DependantParts, Exchange } from './parts.ts';

export interface Described extends Claim {
  readonly person: Resource;
  /** An adult's own, that was proven. */
  readonly proven?: Contact;
}

export const registerDependant = async (
  { person, proven, ...claim }: Described,
  exchange: Exchange,
  parts: DependantParts,
): Promise<FhirResponse> => {
  const { permit, context } = exchange;
  const isDesk = permit.caller?.role !== 'patient';
  let relatedPerson = '';
  const { guardian, relationship } = claim;
  const registered = await registerPerson(
    {
      person,
      waiting: { by: 'guardian', guardian, relationship },
      clerks: isDesk ? permit : await parts.clerks(),
      asker: isDesk ? permit : asGuardian(permit),
      writer: (id) => (isDesk ? permit : asGuardian(permit, id)),
      also: async (id) => {
        const around = { permit, context, parts };
        const planned = await planLink(id, person['birthDate'], claim, around);
        relatedPerson = planned.relatedPerson;
        return planned.changes;
      },
    },
    parts.enrolling,
    context,
  );
  if (registered.kind === 'created')
    return linked(
      { type: 'Patient', id: registered.patient, version: '1' },
      relatedPerson,
      claim,
      parts,
    );
  if (registered.kind === 'asked') return nobodysTicket(parts);
  const { patient, contacts } = registered;
  if (proven && contacts.some((each) => isSameContact(each, proven)))
    return retryConflicts(() => link(patient, claim, exchange, parts));
  return askOnFile({ ...claim, patient }, contacts[0], parts);
};

/** A code to the contact on file: whoever has it agrees. */
export const askOnFile = async (
  approval: Claim & { readonly patient: string },
  contact: Contact | undefined,
  parts: DependantParts,
): Promise<FhirResponse> => {
  if (contact === undefined) return nobodysTicket(parts);
  const { ticket, code } = await parts.codes.issue({ ...approval, step: 'link' });
  parts.post(contact, dependantLetter(code));
  return pending(ticket);
};

const nobodysTicket = async ({ codes }: DependantParts): Promise<FhirResponse> =>
  pending((await codes.issue(undefined)).ticket);

/** The record is the dependant's own; the guardian is who wrote it. */
const asGuardian = ({ caller }: Permit, dependant?: string): Permit =>
  serversPermit({
    caller,
    custodian: dependant === undefined ? undefined : `Patient/${dependant}`,
  });
