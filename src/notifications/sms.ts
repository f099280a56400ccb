// SMS: the port by which text messages leave. Twilio when its keys are set, else they are kept in the outbox.
// https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource

import type { Log } from '../platform/log.ts';
import { masked, type Outbox } from './outbox.ts';

export interface TextMessage {
  /** E.164: `+15550100`. */
  readonly to: string;
  /** Never health data. */
  readonly text: string;
}

/** Resolves when the message was handed on. Rejects when it was not; the reason names no secret. */
export type SendSms = (message: TextMessage) => Promise<void>;

export interface Twilio {
  readonly accountSid: string;
  readonly authToken: string;
  /** A number, or the id of a messaging service (`MG…`). */
  readonly from: string;
  /** Another address than Twilio's own: a test's. */
  readonly url?: string;
}

export interface SmsOptions {
  readonly twilio: Twilio | undefined;
  readonly outbox: Outbox;
  readonly log: Log;
}

export const createSms = ({ twilio, outbox, log }: SmsOptions): SendSms => {
  if (twilio === undefined) return ({ to, text }) => outbox.keep('sms', to, text);
  const client = openClient(twilio);
  const sender = twilio.from.startsWith('MG')
    ? { messagingServiceSid: twilio.from }
    : { from: twilio.from };
  return async ({ to, text }) => {
    const { messages } = await client;
    await messages.create({ to, body: text, ...sender });
    log.info({ way: 'sms', to: masked(to) }, 'a message was sent');
  };
};

/** The package is large: who does not use it does not load it. */
const openClient = async ({ accountSid, authToken, url }: Twilio) => {
  const { default: twilio } = await import('twilio');
  const client = twilio(accountSid, authToken, { timeout: 10_000, autoRetry: true, maxRetries: 2 });
  if (url !== undefined) client.api.baseUrl = url;
  return client;
};
