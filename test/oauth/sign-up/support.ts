// Registering as a person does it: the form, and the codes that come by mail or text message.

import { setTimeout as wait } from 'node:timers/promises';
import { outboxOf } from '../sign-in/support.ts';
import type { Browser, Form, Shown } from '../support/browser.ts';

export const secret = 'ladder cloud violin';

export const person = {
  ...{ given: 'Lakshmi', family: 'Sharma', day: '4', month: '3', year: '1980', gender: 'female' },
  ...{ contact: '+91 98450 12345', password: secret },
} as const;

export const register = async (browser: Browser, form: Form): Promise<Shown> =>
  browser.submit(await browser.open('/oauth/sign-up'), '/sign-up', form);

export const typeCode = (browser: Browser, page: Shown, code: string): Promise<Shown> => {
  const ending = page.text.includes('/sign-up/link') ? '/sign-up/link' : '/sign-up/code';
  return browser.submit(page, ending, { ticket: ticketOf(page), code });
};

export const ticketOf = ({ text }: Shown): string =>
  /name="ticket"\s+value="([^"]*)"/.exec(text)?.[1] ?? '';

/** A page without what is never the same twice. */
export const shapeOf = ({ status, text }: Shown): string =>
  `${String(status)} ${text.replaceAll(/value="[\w-]{43}"/g, '')}`;

/** Messages to an address, oldest first, once there are so many. */
export const messagesTo = async (
  dataDir: string,
  to: string,
  count = 1,
): Promise<readonly string[]> => {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = (await outboxOf(dataDir)).filter((text) => text.startsWith(`To: ${to}\n`));
    if (found.length >= count) return found;
    await wait(50);
  }
  throw new Error(`No message ${String(count)} came to ${to}.`);
};

export const codeTo = async (dataDir: string, to: string, count = 1): Promise<string> =>
  /\b\d{8}\b/.exec((await messagesTo(dataDir, to, count)).at(-1) ?? '')?.[0] ?? 'none';
