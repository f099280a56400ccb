// Letters: what is written to a person who registers. Never health data; what they tell, they tell to whoever owns the address.

import type { Message } from '../../access/contact.ts';

/** How long a code works. */
export const codeSeconds = 15 * 60;

export const proveLetter = (code: string): Message => ({
  subject: 'Your code for Meridian',
  text: `${code} is your code to register at Meridian. It works once, for a quarter of an hour. Nobody from Meridian will ask you for it. If you did not register, do nothing.`,
});

/** Instead of a code: the address is the user name of an account already. */
export const takenLetter = (publicUrl: string): Message => ({
  subject: 'You have an account at Meridian',
  text: `Somebody, probably you, wanted to register at Meridian with this address, which has an account already. Sign in: ${publicUrl}/oauth/account\nA new password: ${publicUrl}/oauth/forgotten\nWhoever shares the address with you is added in your account. If it was not you, do nothing.`,
});

/** To a contact on file: whoever has the code is who the record is about. */
export const linkLetter = (code: string): Message => ({
  subject: 'Your code for Meridian',
  text: `${code} is the code that opens your record at Meridian for a new account. Type it only if you are registering yourself just now. It works once, for a quarter of an hour. If it was not you, do nothing.`,
});

/** To a contact on file of somebody who has an account already. */
export const knownLetter = (publicUrl: string): Message => ({
  subject: 'You have an account at Meridian',
  text: `Somebody, probably you, wanted to register at Meridian. You have an account already. Sign in: ${publicUrl}/oauth/account\nA new password: ${publicUrl}/oauth/forgotten\nIf it was not you, do nothing.`,
});

export const readyLetter = (publicUrl: string, username: string): Message => ({
  subject: 'Your account at Meridian is ready',
  text: `Your account at Meridian is ready. Your user name is ${username}. Sign in: ${publicUrl}/apps/portal/`,
});

/** The same whether or not a contact on file was written to: whose it is stays untold. */
export const waitLetter: Message = {
  subject: 'Your registration at Meridian',
  text: 'We have your registration. If you are registered already, a code was sent to the phone or mail address that your hospital has of you: type it in on the page that is open. Otherwise somebody will get in touch with you.',
};
