// read-claim: who wants to look after somebody, and that they may: a patient for themself, a desk for a patient in its care.

import { contactsOf, type Contact, readContact } from '../../access/contact.ts';
import { forbidden, invalid, notFound, throttled } from '../../fhir/problem.ts';
import { readReference } from '../../fhir/reference.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import { locate } from '../../interactions/locate.ts';
import type { Context } from '../../interactions/types.ts';
import { takeSlot } from '../../sharing/slots.ts';
import { readJson, type InputParameter, type Inputs } from '../parameters.ts';
import type { Claim, Exchange } from './parts.ts';

export const claimTable: readonly InputParameter[] = [
  { name: 'relationship', type: 'CodeableConcept' },
  { name: 'guardian', type: 'Reference' },
];

/** Throws 400 without a relationship, 403 for who may not, 404 for a guardian who is not there for a desk. */
export const readClaim = async (inputs: Inputs, exchange: Exchange): Promise<Claim> => {
  const by = byOf(exchange);
  const guardian = await readGuardian(inputs, exchange);
  const relationship = readJson(inputs, 'relationship');
  if (relationship === undefined)
    throw invalid(
      "Parameter 'relationship' says what the guardian is to the person: a CodeableConcept such as PRN of v3-RoleCode.",
      'relationship',
    );
  return { guardian, relationship, by };
};

export const byOf = ({ permit: { caller } }: Pick<Exchange, 'permit'>): string =>
  caller?.user ?? caller?.client ?? 'server';

const readGuardian = async (inputs: Inputs, exchange: Exchange): Promise<string> => {
  const { permit, context } = exchange;
  const named = readId(inputs, 'guardian');
  const own = ownPatient(exchange);
  if (own !== undefined) {
    if (named !== undefined && named !== own)
      throw forbidden("You are the guardian yourself; leave 'guardian' out.", 'guardian');
    return own;
  }
  if (!permit.allows('create', 'Patient') || !permit.allows('create', 'RelatedPerson'))
    throw forbidden('Guardians are registered by patients themselves and by desks.');
  if (named === undefined)
    throw invalid("Parameter 'guardian' must refer to the guardian's own Patient.", 'guardian');
  const found = await locate({ type: 'Patient', id: named }, permit, context);
  if (!found || found.deleted) throw notFound('Patient', named);
  return named;
};

/** Of a patient who acts for themself, through an app that may make consents. */
export const ownPatient = ({ permit }: Pick<Exchange, 'permit'>): string | undefined => {
  const { caller } = permit;
  if (caller?.role === 'proxy')
    throw forbidden('Who stands for another takes on nobody for them; act for yourself.');
  if (caller?.role !== 'patient') return undefined;
  if (!permit.allows('create', 'Consent'))
    throw forbidden('Your access does not include: create Consent.');
  const found = readReference(caller.fhirUser ?? '');
  if (found?.type === 'Patient') return found.id;
  throw forbidden('Only who has a record here can look after another.');
};

export const readId = (inputs: Inputs, name: string): string | undefined => {
  const given = readJson(inputs, name);
  if (given === undefined) return undefined;
  const { reference } = given;
  const found = typeof reference === 'string' ? readReference(reference) : undefined;
  if (found?.type === 'Patient') return found.id;
  throw invalid(`Parameter '${name}' must refer to a Patient of this server.`, name);
};

/** The Patient who is the guardian. */
export const readGuardianPatient = async (
  id: string,
  { store }: Pick<Context, 'store'>,
): Promise<Resource> => {
  const [found] = await store.resources.read([{ type: 'Patient', id }]);
  if (!found || found.deleted) throw notFound('Patient', id);
  return JSON.parse(found.text) as Resource;
};

/** Where the guardian is reached: what is sent there is no approval of anybody else. */
export const guardiansContacts = async (
  id: string,
  { store }: Pick<Context, 'store'>,
): Promise<readonly Contact[]> => {
  const patient = await readGuardianPatient(id, { store });
  const accounts = await store.records.find('user', { fhirUser: `Patient/${id}` });
  const own = accounts.filter(isObject).flatMap(({ email, phone }) => [email, phone]);
  const texts = own.filter((each) => typeof each === 'string');
  return [...contactsOf(patient), ...texts.flatMap((text) => readContact(text) ?? [])];
};

const mostAskings = 20;

/** Each tells a little of who is known. */
export const countAsking = async (
  by: string,
  { store, now }: Pick<Context, 'store' | 'now'>,
): Promise<void> => {
  const asking = { kind: 'guardian-asking', of: by, most: mostAskings, hours: 24 };
  if (await takeSlot(asking, { records: store.records, now })) return;
  throw throttled('So many people cannot be registered in one day.', 86_400);
};
