// Words: what stands on the command line, as settings. The environment says what is the same for every call.

import { parseArgs } from 'node:util';

/** What is wrong with the call itself: told with a pointer to --help, exit code 2. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}

export interface Words {
  readonly command: string;
  readonly files: readonly string[];
  readonly option: (name: OptionName) => string | undefined;
  readonly isSet: (name: FlagName) => boolean;
}

const options = {
  server: { type: 'string' },
  'client-id': { type: 'string' },
  key: { type: 'string' },
  'key-id': { type: 'string' },
  scope: { type: 'string' },
  uhid: { type: 'string' },
  'uhid-system': { type: 'string' },
  'birth-date': { type: 'string' },
  family: { type: 'string' },
  given: { type: 'string' },
  type: { type: 'string' },
  title: { type: 'string' },
  'content-type': { type: 'string' },
  csv: { type: 'string' },
  state: { type: 'string' },
  parallel: { type: 'string' },
} as const;
const flags = {
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

export type OptionName = keyof typeof options;
export type FlagName = keyof typeof flags;

/** Throws Misuse for what no option is called. */
export const readWords = (words: readonly string[]): Words => {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { ...options, ...flags },
      allowPositionals: true,
    });
    const [command = '', ...files] = positionals;
    return {
      ...{ command, files },
      option: (name) => values[name],
      isSet: (name) => values[name] === true,
    };
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
};

type Environment = Readonly<Record<string, string | undefined>>;

export interface Account {
  /** Of the FHIR base, without a slash at the end. */
  readonly server: string;
  readonly clientId: string;
  /** File of the private key. */
  readonly key: string;
  readonly keyId: string | undefined;
  readonly scope: string;
}

/** Throws Misuse for what is missing. */
export const readAccount = ({ option }: Words, env: Environment): Account => ({
  server: serverAddress(needed(option('server') ?? env['MERIDIAN_SERVER'], 'server')),
  clientId: needed(option('client-id') ?? env['MERIDIAN_CLIENT_ID'], 'client-id'),
  key: needed(option('key') ?? env['MERIDIAN_KEY'], 'key'),
  keyId: option('key-id') ?? env['MERIDIAN_KEY_ID'],
  scope: option('scope') ?? env['MERIDIAN_SCOPE'] ?? uploadScopes,
});

export const uploadScopes = 'system/Binary.c system/DocumentReference.c';

const needed = (value: string | undefined, name: OptionName): string => {
  if (value !== undefined && value !== '') return value;
  const variable = `MERIDIAN_${name.replace('-', '_').toUpperCase()}`;
  throw new Misuse(`--${name} is missing (or ${variable} in the environment).`);
};

/** Reports do not travel where others can read along. */
export const serverAddress = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new Misuse(
      `--server is an address such as https://records.example.org/fhir, not '${text}'.`,
    );
  if (url.protocol === 'http:' && !isThisMachine(url.hostname))
    throw new Misuse(`'${text}' is not encrypted; use https.`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
};

export const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127\./.test(host);
