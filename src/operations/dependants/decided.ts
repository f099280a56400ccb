// decided: a clerk has found out who a dependant is. Of somebody new the guardian looks from now on; of somebody known the
// contact on file is asked first, because neither the clerk nor the guardian speaks for them.

import { contactsOf } from '../../access/contact.ts';
import { serversPermit } from '../../access/permit.ts';
import type { OnDecided } from '../../access/registered.ts';
import type { Resource } from '../../fhir/resource.ts';
import { retryConflicts } from '../../interactions/retry.ts';
import type { Context } from '../../interactions/types.ts';
import { handOnLetter } from './letters.ts';
import { link } from './link.ts';
import type { DependantParts } from './parts.ts';

export const createGuardianDecided =
  (parts: DependantParts, contextOf: () => Context): OnDecided =>
  async ({ patient, as, waiting }) => {
    if (waiting.by !== 'guardian') return;
    const context = contextOf();
    if (as === 'new') {
      const caller = {
        ...({ client: 'worklist', token: 'worklist', role: 'patient', scopes: [] } as const),
        fhirUser: `Patient/${waiting.guardian}`,
      };
      const exchange = { request: none, permit: serversPermit({ caller }), context };
      await retryConflicts(() => link(patient, waiting, exchange, parts));
      return;
    }
    const [found] = await context.store.resources.read([{ type: 'Patient', id: patient }]);
    const [contact] = found ? contactsOf(JSON.parse(found.text) as Resource) : [];
    if (contact === undefined) return;
    const invitation = { patient, guardian: waiting.guardian };
    parts.post(contact, handOnLetter(await parts.invitations.issue(invitation)));
  };

/** What was asked of the clerk's server was the decision; this follows from it. */
const none = { method: 'POST', path: 'Task', query: [], headers: {}, base: '' } as const;
