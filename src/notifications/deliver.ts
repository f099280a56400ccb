// Deliver: a message to whoever can be reached there, by the port that leads there.

import type { Deliver } from '../access/contact.ts';
import type { Messages } from './open.ts';

export const createDeliver =
  ({ mail, sms }: Messages): Deliver =>
  ({ kind, to }, { subject, text }) =>
    kind === 'mail' ? mail({ to, subject, text }) : sms({ to, text });
