// Mail: the port by which letters leave. SMTP when SMTP_URL is set, else they are kept in the outbox.
// https://nodemailer.com/smtp/

import { createTransport } from 'nodemailer';
import type { Log } from '../platform/log.ts';
import { masked, type Outbox } from './outbox.ts';

export interface Letter {
  readonly to: string;
  readonly subject: string;
  /** Plain text; never health data. */
  readonly text: string;
}

/** Resolves when the letter was handed on. Rejects when it was not; the reason names no secret. */
export type SendMail = (letter: Letter) => Promise<void>;

export interface MailOptions {
  /** `smtps://user:password@host` */
  readonly smtpUrl: string | undefined;
  readonly from: string;
  readonly outbox: Outbox;
  readonly log: Log;
}

export const createMail = ({ smtpUrl, from, outbox, log }: MailOptions): SendMail => {
  if (smtpUrl === undefined)
    return ({ to, subject, text }) => outbox.keep('mail', to, `Subject: ${subject}\n\n${text}`);
  const transport = createTransport(
    { url: smtpUrl, ...limits },
    // A text of ours never names a file or an address to take content from.
    { from, disableFileAccess: true, disableUrlAccess: true },
  );
  return async ({ to, subject, text }) => {
    await transport.sendMail({ to, subject, text });
    log.info({ way: 'mail', to: masked(to) }, 'a message was sent');
  };
};

const limits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
