// Whoami: whom the server takes this key for, and what it may do: to be asked before the first upload.

import type { Command } from './command.ts';
import { Refused, wordsOf } from './outcome.ts';
import { readPrivateKey } from './private-key.ts';
import { createServer } from './server.ts';
import { createTokens } from './token.ts';
import { readAccount } from './words.ts';

export const whoami: Command = async (words, { env, print, signal, pause }) => {
  const account = readAccount(words, env);
  const tokens = createTokens(account, await readPrivateKey(account.key, account.keyId));
  const server = createServer({
    base: account.server,
    tokens,
    signal,
    ...(pause ? { pause } : {}),
  });
  const answer = await server.ask({ method: 'GET', path: '$permissions' });
  if (answer.status !== 200) throw new Refused(wordsOf(answer.status, answer.text));
  const rows = [['server', account.server] as const, ...namedIn(answer.text)];
  print(rows.map(([name, value]) => `${name.padEnd(14)}${value}\n`).join(''));
  return 0;
};

interface Parameter {
  readonly name: string;
  readonly [value: string]: unknown;
}

/** One value each; what it may do type by type would fill the screen. */
const namedIn = (text: string): readonly (readonly [string, string])[] => {
  const { parameter = [] } = JSON.parse(text) as { readonly parameter?: readonly Parameter[] };
  return parameter.flatMap(({ name, ...values }) => {
    const [value] = Object.values(values);
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
};
