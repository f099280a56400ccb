// Contact: where a person can be reached, and so proves that it is theirs: a mail address or a phone number.

import { isObject, type Resource } from '../fhir/resource.ts';

export interface Contact {
  readonly kind: 'mail' | 'sms';
  /** A mail address in lower case, or a number as E.164 writes it: `+15550100`. */
  readonly to: string;
}

export interface Message {
  readonly subject: string;
  /** Never health data. */
  readonly text: string;
}

/** How a message leaves for somebody who may have no account: the ports of notifications, passed in. */
export type Deliver = (contact: Contact, message: Message) => Promise<void>;

/** What a person typed; undefined when it is neither. */
export const readContact = (typed: string): Contact | undefined => {
  const text = typed.normalize('NFKC').trim();
  if (text.includes('@')) {
    const to = text.toLowerCase();
    return to.length <= longestMail && mailPattern.test(to) ? { kind: 'mail', to } : undefined;
  }
  const number = text.replace(/[\s().\-\u00ad\u2010-\u2015]/g, '').replace(/^00/, '+');
  return phonePattern.test(number) ? { kind: 'sms', to: number } : undefined;
};

/** Those a Patient has on file and that can be written to, the preferred ones first. */
export const contactsOf = (patient: Resource): readonly Contact[] => {
  const telecom: readonly unknown[] = Array.isArray(patient['telecom']) ? patient['telecom'] : [];
  return telecom
    .filter(isObject)
    .filter(({ system, use }) => used.has(String(system)) && use !== 'old')
    .toSorted((one, other) => rankOf(one) - rankOf(other))
    .flatMap(({ value }) => (typeof value === 'string' ? (readContact(value) ?? []) : []));
};

export const isSameContact = (one: Contact, other: Contact): boolean =>
  one.kind === other.kind && one.to === other.to;

const mailPattern = /^[^\s@<>,;:"()[\]\\]{1,64}@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z0-9-]{2,63}$/;
const longestMail = 128;
const phonePattern = /^\+[1-9]\d{6,14}$/;
const used: ReadonlySet<string> = new Set(['phone', 'sms', 'email']);

const rankOf = ({ rank }: Readonly<Record<string, unknown>>): number =>
  typeof rank === 'number' ? rank : Infinity;
