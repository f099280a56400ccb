// Messages to users: by mail where there is an address, else by SMS. Never health data, never a password.

import type { User } from '../../access/user.ts';

export interface Message {
  readonly subject: string;
  readonly text: string;
}

/** How a message leaves: the ports of notifications, passed in. */
export interface Senders {
  readonly mail: (message: Message & { readonly to: string }) => Promise<void>;
  readonly sms: (message: { readonly to: string; readonly text: string }) => Promise<void>;
}

/** Says by which way it was sent. */
export type SendMessage = (user: User, message: Message) => Promise<'mail' | 'sms' | 'nowhere'>;

export const createSendMessage =
  ({ mail, sms }: Senders): SendMessage =>
  async ({ email, phone }, { subject, text }) => {
    if (email !== undefined) {
      await mail({ to: email, subject, text });
      return 'mail';
    }
    if (phone === undefined) return 'nowhere';
    await sms({ to: phone, text });
    return 'sms';
  };
