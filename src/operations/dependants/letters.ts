// Letters about who may look after whom. Never health data, and no name: who reads along learns nothing.

import type { Message } from '../../access/contact.ts';

export const dependantLetter = (code: string): Message => ({
  subject: 'Somebody wants to look after a health record for you',
  text: `${code} lets the person who registers you, or your child, at Meridian just now see and manage the health record. Tell it to them only if you want that. It works once, for three days. If you do not know of it, do nothing.`,
});

export const invitationLetter = (secret: string): Message => ({
  subject: 'An invitation to look after a health record',
  text: `${secret} is an invitation to look after a health record at Meridian. Sign in to your own account and type it in there. It works once, for three days. If you do not know of it, do nothing.`,
});

export const handOnLetter = (secret: string): Message => ({
  subject: 'Somebody wants to look after a health record for you',
  text: `${secret} lets whoever you give it to see and manage the health record at Meridian for which this address is on file. Somebody has asked for that. Give it to them only if you want it. It works once, for three days. If you do not know of it, do nothing.`,
});
