// Signing in as a person does it: from an app's request to the page that comes next.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino, type Logger } from 'pino';
import { TOTP } from 'otpauth';
import type { Browser, Shown } from '../support/browser.ts';
import { authorizeUrl, newVerifier } from '../support/launch.ts';
import { password, type World } from '../support/world.ts';

/** Opens an app that asks to sign in; the first page is shown. */
export const openApp = async (world: World, browser: Browser, client: string): Promise<Shown> =>
  browser.open(authorizeUrl(world, { client, scope: 'openid' }, newVerifier()));

export const signIn = async (
  world: World,
  browser: Browser,
  { client, user, secret = password }: SignInWish,
): Promise<Shown> =>
  browser.submit(await openApp(world, browser, client), '/login', {
    ...{ username: user, password: secret },
  });

interface SignInWish {
  readonly client: string;
  readonly user: string;
  readonly secret?: string;
}

export const titleOf = ({ text }: Shown): string => /<title>([^<]*)<\/title>/.exec(text)?.[1] ?? '';

/** The secret the page shows for typing. */
export const totpOn = ({ text }: Shown): TOTP => {
  const shown = /<code>([A-Z2-7 ]+)<\/code>/.exec(text)?.[1];
  if (shown === undefined) throw new Error(`No secret on the page: ${text.slice(0, 2000)}`);
  return new TOTP({ secret: shown.replaceAll(' ', '') });
};

export const codesOn = ({ text }: Shown): readonly string[] =>
  [...text.matchAll(/<li>([a-z2-9-]{19})<\/li>/g)].map(([, code = '']) => code);

/** A code of the step after, because one code works once. */
export const codeOf = (totp: TOTP, steps = 0): string =>
  totp.generate({ timestamp: Date.now() + steps * 30_000 });

export const hiddenValue = ({ text }: Shown, name: string): string =>
  new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(text)?.[1] ?? '';

/** What is logged, to look for what must not be. */
export const watchedLog = (): { readonly log: Logger; readonly text: () => string } => {
  let text = '';
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  return { log: pino({ level: 'trace' }, stream), text: () => text };
};

/** The messages that were kept instead of sent. */
export const outboxOf = async (dataDir: string): Promise<readonly string[]> => {
  const folder = join(dataDir, 'outbox');
  const names = await readdir(folder).catch(() => []);
  return Promise.all(names.toSorted().map((name) => readFile(join(folder, name), 'utf8')));
};
