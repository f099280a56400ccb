// Open the ways messages leave by, as the configuration says.

import { join } from 'node:path';
import type { MessagesConfig } from '../platform/config.ts';
import type { Log } from '../platform/log.ts';
import { createMail, type SendMail } from './mail.ts';
import { createOutbox } from './outbox.ts';
import { createSms, type SendSms } from './sms.ts';

export interface Messages {
  readonly mail: SendMail;
  readonly sms: SendSms;
}

/** What is not set up is kept in the folder `outbox` of the data folder. */
export const openMessages = (config: MessagesConfig, dataDir: string, log: Log): Messages => {
  const outbox = createOutbox(join(dataDir, 'outbox'), log);
  const { smtpUrl, mailFrom: from, twilio } = config;
  return {
    mail: createMail({ smtpUrl, from, outbox, log }),
    sms: createSms({ twilio, outbox, log }),
  };
};
