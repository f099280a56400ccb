// Sign-up: a person registers by themself. First they prove that the address is theirs, then the network looks who they are,
// and nothing that anybody is shown tells whether it knows them.

import {
  contactsOf,
  isSameContact,
  type Contact,
  type Deliver,
  type Message,
} from '../../access/contact.ts';
import { createOneTimeCodes, type OneTimeCodes } from '../../access/one-time-code.ts';
import type { Decided, RegisterApplicant, Registered } from '../../access/registered.ts';
import type { User } from '../../access/user.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { RecordStore, ResourceStore } from '../../store/port.ts';
import { createThrottle, messageLimit, type Throttle } from '../sign-in/throttle.ts';
import type { Invitations } from '../users/invitations.ts';
import type { Users } from '../users/users.ts';
import { usernameOf, type Applicant } from './applicant.ts';
import {
  codeSeconds,
  knownLetter,
  linkLetter,
  proveLetter,
  readyLetter,
  takenLetter,
  waitLetter,
} from './letters.ts';
import { draftOf, openAccount } from './open-account.ts';

export interface SignUp {
  /** Sends a code to the address that was typed. Gives the ticket of the page on which it is typed in. */
  ask(applicant: Applicant, passwordHash: string): Promise<string>;
  /**
   * The code that was sent to the address. Whatever becomes of it, it gives the ticket of the next page; undefined when the code
   * is wrong, used, or too old.
   */
  prove(ticket: string, code: string): Promise<Proven | undefined>;
  /** The code that was sent to the contact on file; undefined as in `prove`, and for whoever is not on file. */
  link(ticket: string, code: string): Promise<User | undefined>;
  /** A clerk has decided who it is: the person gets an invitation, at the address that is theirs. */
  decided(decision: Decided): Promise<void>;
}

export interface Proven {
  readonly ticket: string;
  /** For the audit alone. */
  readonly became: Registered['kind'];
  readonly user?: User;
  readonly patient?: string;
}

export interface SignUpOptions {
  readonly users: Users;
  readonly records: RecordStore;
  readonly resources: Pick<ResourceStore, 'read'>;
  readonly now: () => number;
  readonly publicUrl: string;
  readonly register: RegisterApplicant;
  readonly deliver: Deliver;
  readonly invitations: Pick<Invitations, 'invite' | 'inviteAgain'>;
  /** Called when a message could not be sent; the person is answered already. */
  readonly onFault: (error: unknown) => void;
}

interface Asked {
  readonly applicant: Applicant;
  readonly password: string;
}

/** What the code of a contact on file opens. */
interface Linking extends Asked {
  readonly patient: string;
}

interface Desk extends SignUpOptions {
  readonly asked: OneTimeCodes<Asked>;
  readonly linking: OneTimeCodes<Linking>;
  readonly throttle: Throttle;
}

export const createSignUp = (options: SignUpOptions): SignUp => {
  const { records, now, users } = options;
  const seconds = codeSeconds;
  const desk: Desk = {
    ...options,
    throttle: createThrottle(records, now),
    asked: createOneTimeCodes<Asked>({ records, now, seconds, kind: 'sign-up' }),
    linking: createOneTimeCodes<Linking>({ records, now, seconds, kind: 'sign-up-link' }),
  };
  return {
    ask: async (applicant, password) => {
      const { contact } = applicant;
      const isTaken = (await users.byName(usernameOf(contact))) !== undefined;
      const issued = await desk.asked.issue(isTaken ? undefined : { applicant, password });
      post(contact, isTaken ? takenLetter(options.publicUrl) : proveLetter(issued.code), desk);
      return issued.ticket;
    },
    prove: async (ticket, code) => {
      const asked = await desk.asked.redeem(ticket, code);
      if (asked === undefined) return undefined;
      const { name, contact, patient } = asked.applicant;
      return reserved(contact, desk, async () => {
        const registered = await options.register(patient, { by: 'sign-up', name, contact });
        return settle(asked, registered, desk);
      });
    },
    link: async (ticket, code) => {
      const linking = await desk.linking.redeem(ticket, code);
      if (linking === undefined) return undefined;
      return reserved(linking.applicant.contact, desk, async () =>
        (await accountOf(linking.patient, desk)) === undefined
          ? open(linking, linking.patient, desk)
          : undefined,
      );
    },
    decided: (decision) => inviteDecided(decision, desk),
  };
};

/**
 * Nobody becomes a Patient without the account that was promised: who shares the address and was quicker has its user name, and
 * the other one is told. The claim ends by itself when the server does.
 */
const reserved = async <T>(
  contact: Contact,
  desk: Desk,
  act: () => Promise<T>,
): Promise<T | undefined> => {
  const { records, users, now } = desk;
  const username = usernameOf(contact);
  const until = new Date(now() + claimSeconds * 1000);
  if (!(await records.add(claimKind, username, {}, until))) return undefined;
  try {
    if ((await users.byName(username)) === undefined) return await act();
    post(contact, takenLetter(desk.publicUrl), desk);
    return undefined;
  } finally {
    await records.take(claimKind, username);
  }
};

const claimKind = 'sign-up-claim';
const claimSeconds = 60;

/** Each way does about the same work: one write of its own, one ticket, one letter or two. */
const settle = async (asked: Asked, registered: Registered, desk: Desk): Promise<Proven> => {
  const { contact } = asked.applicant;
  switch (registered.kind) {
    case 'created':
      return opened('created', asked, registered.patient, desk);
    case 'asked':
      post(contact, waitLetter, desk);
      return { ...(await nobodysTicket(desk)), became: 'asked' };
    case 'known':
      return settleKnown(asked, registered, desk);
  }
};

const settleKnown = async (
  asked: Asked,
  { patient, contacts }: Extract<Registered, { readonly kind: 'known' }>,
  desk: Desk,
): Promise<Proven> => {
  const { contact } = asked.applicant;
  const user = await accountOf(patient, desk);
  // The contact on file is the one that was proven just now.
  if (user === undefined && contacts.some((each) => isSameContact(each, contact)))
    return opened('known', asked, patient, desk);
  const issued = await desk.linking.issue(user ? undefined : { ...asked, patient });
  for (const onFile of contacts.slice(0, 1))
    if (user) tellUser(user, onFile, desk);
    else post(onFile, linkLetter(issued.code), desk);
  post(contact, waitLetter, desk);
  return { ticket: issued.ticket, became: 'known', patient };
};

const opened = async (
  became: Proven['became'],
  asked: Asked,
  patient: string,
  desk: Desk,
): Promise<Proven> => {
  const user = await open(asked, patient, desk);
  return { ...(await nobodysTicket(desk)), became, user, patient };
};

/** That of the next page, for which there is no code. */
const nobodysTicket = async ({ linking }: Desk): Promise<{ readonly ticket: string }> => {
  const { ticket } = await linking.issue(undefined);
  return { ticket };
};

/** Of somebody new the address that was proven; of somebody known one that is on file, because a clerk's word is not theirs. */
const inviteDecided = async ({ patient, as, waiting }: Decided, desk: Desk): Promise<void> => {
  if (waiting.by !== 'sign-up') return;
  const { name, contact: proven } = waiting;
  const onFile = as === 'same' ? await contactsOnFile(patient, desk) : [proven];
  const contact = onFile.find((each) => isSameContact(each, proven)) ?? onFile[0];
  if (contact === undefined) return;
  const user = await accountOf(patient, desk);
  if (user) tellUser(user, contact, desk);
  else await desk.invitations.invite(await draftOf({ name, contact, patient }, desk.records));
};

const contactsOnFile = async (id: string, { resources }: Desk): Promise<readonly Contact[]> => {
  const [found] = await resources.read([{ type: 'Patient', id }]);
  return found && !found.deleted ? contactsOf(JSON.parse(found.text) as Resource) : [];
};

/** Who has an account is told so; who was invited to it and never came is invited again, where the hospital reaches them. */
const tellUser = (user: User, onFile: Contact, desk: Desk): void => {
  if (user.status !== 'invited') {
    post(onFile, knownLetter(desk.publicUrl), desk);
    return;
  }
  const invite = async (): Promise<void> => {
    const seconds = await desk.throttle.attempt(messageLimit, user.id);
    if (seconds === 0) await desk.invitations.inviteAgain(user.id);
  };
  invite().catch(desk.onFault);
};

const accountOf = async (patient: string, { records }: Desk): Promise<User | undefined> =>
  // Only `users` writes this kind, so what is read has its shape.
  (await records.find('user', { fhirUser: `Patient/${patient}` }))[0] as User | undefined;

const open = async (
  { applicant: { name, contact }, password }: Asked,
  patient: string,
  desk: Desk,
): Promise<User> => {
  const user = await openAccount({ name, contact, patient, password }, desk);
  post(contact, readyLetter(desk.publicUrl, user.username), desk);
  return user;
};

/** Not waited for: how long a mail takes would tell whether there is somebody to send it to. */
const post = (contact: Contact, message: Message, { throttle, deliver, onFault }: Desk): void => {
  const send = async (): Promise<void> => {
    const seconds = await throttle.attempt(messageLimit, contact.to);
    if (seconds === 0) await deliver(contact, message);
  };
  send().catch(onFault);
};
