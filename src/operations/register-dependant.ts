// Patient/$register-dependant and $confirm-dependant: a guardian registers a child, or with their approval an adult.

import { contactsOf, isSameContact } from '../access/contact.ts';
import { businessRule, invalid, notFound, notSupported } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { refuseForeignFaults, refuseOwn } from '../health-id/identifiers.ts';
import { isMinorAt } from '../health-id/guardianship.ts';
import { locate } from '../interactions/locate.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { FhirResponse, Handler } from '../interactions/types.ts';
import { dependantLetter } from './dependants/letters.ts';
import { link, pending } from './dependants/link.ts';
import type { Claim, DependantParts, Exchange } from './dependants/parts.ts';
import {
  byOf,
  claimTable,
  countAsking,
  guardiansContacts,
  ownPatient,
  readClaim,
  readId,
} from './dependants/read-claim.ts';
import { askOnFile, registerDependant } from './dependants/register.ts';
import { readInputs, readJson, readText, type InputParameter } from './parameters.ts';
import type { Operation } from './types.ts';

const registerTable: readonly InputParameter[] = [
  { name: 'resource', type: 'Patient' },
  ...claimTable,
  { name: 'dependant', type: 'Reference' },
];

const registerIn =
  (parts: DependantParts): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$register-dependant is asked by POST.');
    const exchange = { request, permit, context };
    const inputs = readInputs(request, registerTable);
    const claim = await readClaim(inputs, exchange);
    await countAsking(claim.by, context);
    const known = readId(inputs, 'dependant');
    if (known !== undefined) return linkKnown(known, claim, exchange, parts);
    // `readInputs` has seen its resourceType.
    const person = readJson(inputs, 'resource') as Resource | undefined;
    if (!person) throw invalid("Parameter 'resource' must hold the Patient to register.");
    await checkPerson(person, exchange, parts);
    if (isMinorAt(person['birthDate'], parts.majorityAge, context.now()))
      return registerDependant({ ...claim, person }, exchange, parts);
    return askAdult({ ...claim, person }, exchange, parts);
  };

/** Before anybody is asked: what would be refused later is refused now. */
const checkPerson = async (
  person: Resource,
  { context }: Exchange,
  { enrolling }: DependantParts,
): Promise<void> => {
  refuseOwn(person, enrolling.system);
  refuseForeignFaults(person);
  if (typeof person['birthDate'] !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(person['birthDate']))
    throw businessRule(
      'A dependant needs a whole birth date: it decides who is asked.',
      'Patient.birthDate',
    );
  const issues = await context.validate({ plain: person, exact: person });
  const faults = issues.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  if (faults.length > 0) throw invalid(faults[0]!.diagnostics, faults[0]!.expression?.[0]);
};

/** A desk links a Patient in its care: a minor by what the guardian states, an adult by a code. */
const linkKnown = async (
  patient: string,
  claim: Claim,
  exchange: Exchange,
  parts: DependantParts,
): Promise<FhirResponse> => {
  const { permit, context } = exchange;
  const found =
    ownPatient(exchange) === undefined
      ? await locate({ type: 'Patient', id: patient }, permit, context)
      : undefined;
  if (!found || found.deleted) throw notFound('Patient', patient);
  const resource = JSON.parse(found.text) as Resource;
  if (isMinorAt(resource['birthDate'], parts.majorityAge, context.now()))
    return retryConflicts(() => link(patient, claim, exchange, parts));
  return askOnFile({ ...claim, patient }, contactsOf(resource)[0], parts);
};

/** The code goes to the adult's own contact, before anything is looked up or written. */
const askAdult = async (
  described: Claim & { readonly person: Resource },
  { context }: Exchange,
  parts: DependantParts,
): Promise<FhirResponse> => {
  const [contact] = contactsOf(described.person);
  if (contact === undefined)
    throw businessRule(
      'An adult approves by a code: their own mobile number (with + and the code of the country) or mail address is needed.',
      'Patient.telecom',
    );
  const own = await guardiansContacts(described.guardian, context);
  if (own.some((each) => isSameContact(each, contact)))
    throw businessRule(
      'This contact is the guardian’s; the approval must come from the person themself.',
      'Patient.telecom',
    );
  const { ticket, code } = await parts.codes.issue({ ...described, step: 'register', contact });
  parts.post(contact, dependantLetter(code));
  return pending(ticket);
};

const confirmTable: readonly InputParameter[] = [
  { name: 'ticket', type: 'string' },
  { name: 'code', type: 'string' },
];

const confirmIn =
  (parts: DependantParts): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$confirm-dependant is asked by POST.');
    const exchange = { request, permit, context };
    ownPatient(exchange);
    const inputs = readInputs(request, confirmTable);
    const [ticket = '', code = ''] = ['ticket', 'code'].map((name) => readText(inputs, name));
    const approval = await parts.codes.redeem(ticket, code);
    if (approval?.by !== byOf(exchange)) throw wrongCode();
    const { guardian, relationship, by } = approval;
    const claim = { guardian, relationship, by };
    return approval.step === 'link'
      ? retryConflicts(() => link(approval.patient, claim, exchange, parts))
      : registerDependant(
          { ...claim, person: approval.person, proven: approval.contact },
          exchange,
          parts,
        );
  };

const wrongCode = () =>
  invalid(
    'The code is not right, or cannot be used any more. After five wrong codes, register the person again.',
    'code',
  );

const row = { levels: ['type'], types: ['Patient'], affectsState: true } as const;

export const registerDependantOperation = (parts: DependantParts): Operation => ({
  ...row,
  name: '$register-dependant',
  definition: 'https://meridian.example/OperationDefinition/register-dependant',
  handler: registerIn(parts),
});

export const confirmDependant = (parts: DependantParts): Operation => ({
  ...row,
  name: '$confirm-dependant',
  definition: 'https://meridian.example/OperationDefinition/confirm-dependant',
  handler: confirmIn(parts),
});
