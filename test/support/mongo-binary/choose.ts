// Which MongoDB the tests run against: the first of these that there is.

import { remembered } from './remembered.ts';

export type Choice =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'binary'; readonly binary: string }
  | { readonly kind: 'stand-in'; readonly why: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** Asks nobody: the download is made by `attempt.ts`, before `npm test`. */
export const chooseMongo = (env: Environment, now = Date.now()): Choice => {
  const { MONGODB_TEST_URL: url, MONGOMS_SYSTEM_BINARY: given } = env;
  if (url) return { kind: 'url', url };
  if (given) return { kind: 'binary', binary: given };
  const attempt = remembered(env, now);
  if (attempt === undefined) return { kind: 'stand-in', why: whyNone(env) };
  if ('why' in attempt) return { kind: 'stand-in', why: attempt.why };
  return { kind: 'binary', binary: attempt.binary };
};

const whyNone = (env: Environment): string =>
  env['MONGOMS_RUNTIME_DOWNLOAD'] === 'false'
    ? 'MONGOMS_RUNTIME_DOWNLOAD says not to download a mongod'
    : 'no download of a mongod has been tried yet, as `npm test` does';
