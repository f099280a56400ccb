// Patient/[id]/$invite-guardian and Patient/$accept-guardianship: a guardian, or the patient, lets one more person look after
// the record.

import { readContact } from '../access/contact.ts';
import { hasStanding } from '../access/standing.ts';
import { businessRule, forbidden, invalid, notFound, notSupported } from '../fhir/problem.ts';
import { outcomeOf } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { isMinorAt } from '../health-id/guardianship.ts';
import { locate } from '../interactions/locate.ts';
import { checkScope } from '../interactions/may.ts';
import { keyOf } from '../interactions/parts.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Handler } from '../interactions/types.ts';
import type { Invitation } from './dependants/invitations.ts';
import { invitationLetter } from './dependants/letters.ts';
import { link } from './dependants/link.ts';
import type { DependantParts, Exchange } from './dependants/parts.ts';
import { byOf, claimTable, countAsking, ownPatient, readClaim } from './dependants/read-claim.ts';
import { readInputs, readText } from './parameters.ts';
import type { Operation } from './types.ts';

const inviteIn =
  (parts: DependantParts): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$invite-guardian is asked by POST.');
    const { id } = keyOf(request);
    const exchange = { request, permit, context };
    const inviter = await readInviter(id, exchange, parts);
    const contact = readContact(
      readText(readInputs(request, [{ name: 'contact', type: 'string' }]), 'contact') ?? '',
    );
    if (contact === undefined)
      throw invalid(
        "Parameter 'contact' must be a mail address, or a mobile number that begins with + and the code of the country.",
        'contact',
      );
    await countAsking(byOf(exchange), context);
    parts.post(contact, invitationLetter(await parts.invitations.issue({ patient: id, inviter })));
    const text = JSON.stringify(outcomeOf([sent]));
    return { status: 202, text, isWhole: true, shown: [] };
  };

const sent = {
  ...({ severity: 'information', code: 'informational' } as const),
  diagnostics: 'The invitation is on its way. It works once, for three days.',
};

/** A guardian for a minor; adults invite for themselves. */
const readInviter = async (
  id: string,
  { permit, context }: Exchange,
  { majorityAge }: DependantParts,
): Promise<string> => {
  const { role, fhirUser, patient } = permit.caller ?? {};
  // What comes of it is a Consent: an app that may change an address only makes none.
  checkScope('create', 'Consent', permit, context);
  const current = await locate({ type: 'Patient', id }, permit, context);
  if (!current || current.deleted) throw notFound('Patient', id);
  if (role === 'patient' && fhirUser === `Patient/${id}`) return fhirUser;
  if (role !== 'proxy' || patient !== id || fhirUser === undefined)
    throw forbidden('Guardians are invited by the patient, or by who looks after them.');
  const { birthDate } = JSON.parse(current.text) as Resource;
  if (isMinorAt(birthDate, majorityAge, context.now())) return fhirUser;
  throw businessRule('An adult invites for themself.', 'Patient');
};

const acceptIn =
  (parts: DependantParts): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$accept-guardianship is asked by POST.');
    const exchange = { request, permit, context };
    if (ownPatient(exchange) === undefined)
      throw forbidden('An invitation is accepted by the invited person, who has a record here.');
    const inputs = readInputs(request, [...claimTable, { name: 'invitation', type: 'string' }]);
    const claim = await readClaim(inputs, exchange);
    const secret = readText(inputs, 'invitation') ?? '';
    const invitation = await parts.invitations.peek(secret);
    if (!invitation || !(await holds(invitation, claim.guardian, exchange))) throw oldInvitation();
    // Used up by one of two who are at it at once.
    if (!(await parts.invitations.take(secret))) throw oldInvitation();
    return retryConflicts(() => link(invitation.patient, claim, exchange, parts));
  };

/** Whoever has lost the right to the record meanwhile invites nobody to it. */
const holds = async (
  { patient, inviter, guardian }: Invitation,
  accepting: string,
  { context }: Exchange,
): Promise<boolean> => {
  if (guardian !== undefined && guardian !== accepting) return false;
  if (patient === accepting) return false;
  if (inviter === undefined || inviter === `Patient/${patient}`) return true;
  const { definitions, now, store } = context;
  return hasStanding(
    { client: '', token: '', scopes: [], role: 'proxy', fhirUser: inviter, patient },
    { definitions, now, resources: store.resources },
  );
};

const oldInvitation = () =>
  invalid(
    'The invitation is not right, or cannot be used any more. Ask for a new one.',
    'invitation',
  );

export const inviteGuardian = (parts: DependantParts): Operation => ({
  ...{ name: '$invite-guardian', levels: ['instance'], types: ['Patient'], affectsState: true },
  definition: 'https://meridian.example/OperationDefinition/invite-guardian',
  right: 'update',
  handler: inviteIn(parts),
});

export const acceptGuardianship = (parts: DependantParts): Operation => ({
  ...{ name: '$accept-guardianship', levels: ['type'], types: ['Patient'], affectsState: true },
  definition: 'https://meridian.example/OperationDefinition/accept-guardianship',
  handler: acceptIn(parts),
});
