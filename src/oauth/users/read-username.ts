// Read a user name as it was typed: whoever registered with a phone number types it as numbers are written.

import { readContact } from '../../access/contact.ts';

/** No user name begins with a plus, so a number that does is one: it is kept without. */
export const readUsername = (typed: string): string => {
  const text = typed.trim();
  if (!text.startsWith('+')) return text;
  const contact = readContact(text);
  return contact?.kind === 'sms' ? contact.to.slice(1) : text;
};
