// The one reader of the environment. Every variable is documented in `.env.example`.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Address clients use, without a trailing slash; the FHIR base is `${publicUrl}/fhir`. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** APPS_DIR: holds the folders of our own apps, each with its built pages in `dist`. */
  readonly appsDir: string;
  /** MONGODB_URL: a MongoDB to keep everything in instead of the embedded store. */
  readonly mongo: MongoConfig | undefined;
  readonly demo: boolean;
  readonly production: boolean;
  readonly logLevel: string;
  readonly limits: Limits;
  readonly rateLimits: RateLimits;
  /** TRUST_PROXY: which neighbours may say for whom they ask; undefined when it says nothing. */
  readonly trustProxy: string | undefined;
  /** JWKS_PRIVATE_HOSTS: on a private network, whose key sets may be fetched all the same: `10.0.0.5:8443`. */
  readonly jwksPrivateHosts: readonly string[];
  /** CLAMD_ADDRESS: the ClamAV daemon that scans what is uploaded by health ID; undefined when nothing is scanned. */
  readonly clamd: { readonly host: string; readonly port: number } | undefined;
  /** HEALTH_CARD_ISSUERS: whose health cards the public page believes besides our own. */
  readonly healthCardIssuers: readonly string[];
  /** AUDIT_SYNC: `strict` brings each access to the disk itself before its answer leaves. */
  readonly auditSync: 'batched' | 'strict';
  readonly healthId: HealthIdConfig;
  /** EMERGENCY_MINUTES: how long a record is open to who opened it in an emergency. */
  readonly emergencyMinutes: number;
  readonly messages: MessagesConfig;
  /** MFA_STAFF: whether staff need a second factor to sign in. */
  readonly staffFactor: 'required' | 'optional';
  /** SIGN_IN_IDLE_MINUTES: how long the account pages may lie unused before one must sign in again. */
  readonly idleMinutes: number;
  /** ADMIN_SECRET: what the commands of an administrator need in production. */
  readonly adminSecret: string | undefined;
  /** KEY_SECRET: by which the keys of this server lie sealed in the store; undefined: they lie open. */
  readonly keySecret: string | undefined;
  /** KEY_SECRET_FORMER: what KEY_SECRET was before it was changed; for `npm run reseal` alone. */
  readonly formerKeySecret: string | undefined;
  /** METRICS_SECRET: the bearer token for /metrics; without one only this machine may ask. */
  readonly metricsSecret: string | undefined;
}

export interface HealthIdConfig {
  /** UHID_SYSTEM: the identifier system of the health IDs this network gives out. */
  readonly system: string;
  /** ENROL_ON_CREATE: whether each Patient that is new to the network gets a health ID when it is created. */
  readonly enrolOnCreate: boolean;
  /** MAJORITY_AGE: who is younger has guardians. */
  readonly majorityAge: number;
  /** SIGN_UP_DESK: whose clerks look after people who register by themselves, `Organization/1`; without it the network's own. */
  readonly signUpDesk: string | undefined;
}

export interface MongoConfig {
  /** MONGODB_URL, with user and password: a secret. */
  readonly url: string;
  /** MONGODB_WAIT_SECONDS: how long a start waits for a server. */
  readonly waitSeconds: number;
}

/** How messages leave; what is not set up is kept in the data folder. */
export interface MessagesConfig {
  /** SMTP_URL: `smtps://user:password@host`. */
  readonly smtpUrl: string | undefined;
  /** MAIL_FROM */
  readonly mailFrom: string;
  /** TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM, all three. */
  readonly twilio: TwilioConfig | undefined;
}

export interface TwilioConfig {
  readonly accountSid: string;
  readonly authToken: string;
  readonly from: string;
}

/** What may be asked within a minute, in points: a read costs one. */
export interface RateLimits {
  /** RATE_LIMIT: off only outside production. */
  readonly enabled: boolean;
  /** RATE_LIMIT_CLIENT: of one registered client. */
  readonly clientPerMinute: number;
  /** RATE_LIMIT_ADDRESS: from one address, whoever asks. */
  readonly addressPerMinute: number;
  /** RATE_LIMIT_MISSES: searches by identifier that find nothing, of one user. */
  readonly missesPerMinute: number;
  /** RATE_LIMIT_SIGN_INS: authorization requests, whoever makes them: each is kept until somebody signs in to it. */
  readonly signInsPerMinute: number;
  /** RATE_LIMIT_FAILURES: requests for tokens and of sign-in pages from one address that fail. */
  readonly failuresPerMinute: number;
}

/** What a request may cost. Passing one gives a 4xx that names it. */
export interface Limits {
  /** LIMIT_BODY_BYTES: a JSON body. */
  readonly bodyBytes: number;
  /** LIMIT_BINARY_BYTES: a raw Binary upload. */
  readonly binaryBytes: number;
  /** LIMIT_DEPTH: nesting of JSON. */
  readonly depth: number;
  /** LIMIT_PARAMETERS: parameters of one request. */
  readonly parameters: number;
  /** LIMIT_OR_VALUES: comma separated values of one parameter. */
  readonly orValues: number;
  /** LIMIT_CHAIN: links of a chain or nested _has. */
  readonly chain: number;
  /** LIMIT_PAGE: largest _count honoured; a larger one is lowered to it. */
  readonly page: number;
  /** LIMIT_INCLUDES: resources added to one page by _include and _revinclude. */
  readonly includes: number;
  /** LIMIT_SEARCH_SECONDS: time of one search in the store. */
  readonly searchSeconds: number;
  /** LIMIT_ENTRIES: entries of a batch or transaction. */
  readonly entries: number;
}

export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const port = readNumber(env, 'PORT', 8080);
  const production = env['NODE_ENV'] === 'production';
  return {
    port,
    host: readText(env, 'HOST', '127.0.0.1'),
    publicUrl: readText(env, 'PUBLIC_URL', `http://localhost:${String(port)}`).replace(/\/+$/, ''),
    dataDir: readText(env, 'DATA_DIR', './data'),
    appsDir: resolve(readText(env, 'APPS_DIR', join(import.meta.dirname, '../../smart-apps'))),
    mongo: readMongo(env),
    demo: readSwitch(env, 'DEMO', !production),
    production,
    logLevel: readText(env, 'LOG_LEVEL', 'info'),
    limits: {
      bodyBytes: readNumber(env, 'LIMIT_BODY_BYTES', 64 * 1024 * 1024),
      binaryBytes: readNumber(env, 'LIMIT_BINARY_BYTES', 4 * 1024 * 1024 * 1024),
      depth: readNumber(env, 'LIMIT_DEPTH', 64),
      parameters: readNumber(env, 'LIMIT_PARAMETERS', 100),
      orValues: readNumber(env, 'LIMIT_OR_VALUES', 500),
      chain: readNumber(env, 'LIMIT_CHAIN', 8),
      page: readNumber(env, 'LIMIT_PAGE', 1000),
      includes: readNumber(env, 'LIMIT_INCLUDES', 1000),
      searchSeconds: readNumber(env, 'LIMIT_SEARCH_SECONDS', 20),
      entries: readNumber(env, 'LIMIT_ENTRIES', 20_000),
    },
    rateLimits: {
      enabled: readSwitch(env, 'RATE_LIMIT', true),
      clientPerMinute: readNumber(env, 'RATE_LIMIT_CLIENT', 120_000),
      addressPerMinute: readNumber(env, 'RATE_LIMIT_ADDRESS', 60_000),
      missesPerMinute: readNumber(env, 'RATE_LIMIT_MISSES', 300),
      signInsPerMinute: readNumber(env, 'RATE_LIMIT_SIGN_INS', 3000),
      failuresPerMinute: readNumber(env, 'RATE_LIMIT_FAILURES', 60),
    },
    trustProxy: env['TRUST_PROXY'] || undefined,
    jwksPrivateHosts: readText(env, 'JWKS_PRIVATE_HOSTS', '').split(',').filter(Boolean),
    clamd: readAddress(env, 'CLAMD_ADDRESS'),
    healthCardIssuers: readIssuers(env),
    messages: readMessages(env),
    staffFactor: readStaffFactor(env, production),
    idleMinutes: readNumber(env, 'SIGN_IN_IDLE_MINUTES', 30),
    adminSecret: readSecret(env, 'ADMIN_SECRET'),
    keySecret: readSecret(env, 'KEY_SECRET'),
    formerKeySecret: readSecret(env, 'KEY_SECRET_FORMER'),
    metricsSecret: readSecret(env, 'METRICS_SECRET'),
    auditSync: readAuditSync(env),
    emergencyMinutes: readNumber(env, 'EMERGENCY_MINUTES', 60),
    healthId: {
      system: readText(env, 'UHID_SYSTEM', 'https://meridian.example/uhid'),
      enrolOnCreate: readSwitch(env, 'ENROL_ON_CREATE', true),
      majorityAge: readNumber(env, 'MAJORITY_AGE', 18),
      signUpDesk: readOrganization(env, 'SIGN_UP_DESK'),
    },
  };
};

const readAddress = (
  env: Readonly<Record<string, string | undefined>>,
  name: string,
): Config['clamd'] => {
  const text = readText(env, name, '');
  if (text === '') return undefined;
  const [, host, port] = /^\[?([^[\]\s/]+?)\]?:(\d{1,5})$/.exec(text) ?? [];
  if (host !== undefined) return { host, port: Number(port) };
  throw new Error(`${name} must be host:port, not '${text}'.`);
};

const readIssuers = (env: Readonly<Record<string, string | undefined>>): readonly string[] => {
  const issuers = readText(env, 'HEALTH_CARD_ISSUERS', '').split(',').filter(Boolean);
  const strange = issuers.find((each) => !/^https:\/\/[^\s?#]*[^\s?#/]$/.test(each));
  if (strange === undefined) return issuers;
  throw new Error(
    `HEALTH_CARD_ISSUERS must be https addresses without a slash at the end, not '${strange}'.`,
  );
};

const readOrganization = (
  env: Readonly<Record<string, string | undefined>>,
  name: string,
): string | undefined => {
  const text = env[name];
  if (!text || /^Organization\/[A-Za-z0-9.-]{1,64}$/.test(text)) return text || undefined;
  throw new Error(`${name} must be an organization of this server, Organization/1, not '${text}'.`);
};

const readAuditSync = (env: Readonly<Record<string, string | undefined>>): Config['auditSync'] => {
  const text = readText(env, 'AUDIT_SYNC', 'batched');
  if (text === 'batched' || text === 'strict') return text;
  throw new Error(`AUDIT_SYNC must be batched or strict, not '${text}'.`);
};

const readMessages = (env: Readonly<Record<string, string | undefined>>): MessagesConfig => {
  const accountSid = readText(env, 'TWILIO_ACCOUNT_SID', '');
  const authToken = readSecret(env, 'TWILIO_AUTH_TOKEN');
  const from = readText(env, 'TWILIO_FROM', '');
  const isSet = [accountSid, authToken, from].filter(Boolean).length;
  if (isSet > 0 && (isSet < 3 || !accountSid.startsWith('AC')))
    throw new Error(
      'Set TWILIO_ACCOUNT_SID (AC…), TWILIO_AUTH_TOKEN and TWILIO_FROM, or none of them.',
    );
  const smtpUrl = readSecret(env, 'SMTP_URL');
  if (smtpUrl !== undefined && !/^smtps?:\/\//.test(smtpUrl))
    throw new Error('SMTP_URL must begin with smtp:// or smtps://.');
  return {
    smtpUrl,
    mailFrom: readText(env, 'MAIL_FROM', 'Meridian <no-reply@localhost>'),
    twilio: authToken === undefined ? undefined : { accountSid, authToken, from },
  };
};

const readStaffFactor = (
  env: Readonly<Record<string, string | undefined>>,
  production: boolean,
): Config['staffFactor'] => {
  const text = readText(env, 'MFA_STAFF', production ? 'required' : 'optional');
  if (text === 'required' || text === 'optional') return text;
  throw new Error(`MFA_STAFF must be required or optional, not '${text}'.`);
};

const readMongo = (env: Readonly<Record<string, string | undefined>>): MongoConfig | undefined => {
  const url = readSecret(env, 'MONGODB_URL');
  const waitSeconds = readNumber(env, 'MONGODB_WAIT_SECONDS', 30);
  if (url === undefined) return undefined;
  if (!/^mongodb(\+srv)?:\/\//.test(url))
    throw new Error('MONGODB_URL must begin with mongodb:// or mongodb+srv://.');
  return { url, waitSeconds };
};

/** A variable that is set to nothing is not set. */
const readText = (
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  standard: string,
): string => env[name] || standard;

/** A secret is the variable itself or what is in the file that the variable with `_FILE` at its end names. */
const readSecret = (
  env: Readonly<Record<string, string | undefined>>,
  name: string,
): string | undefined => {
  const file = env[`${name}_FILE`];
  if (env[name] && file) throw new Error(`Set ${name} or ${name}_FILE, not both.`);
  return env[name] || (file ? readFileSync(file, 'utf8').trim() || undefined : undefined);
};

const readNumber = (
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  standard: number,
): number => {
  const text = env[name];
  if (text === undefined || text === '') return standard;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0)
    throw new Error(`${name} must be a whole number, not '${text}'.`);
  return number;
};

const readSwitch = (
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  standard: boolean,
): boolean => {
  const text = env[name]?.toLowerCase();
  if (text === undefined || text === '') return standard;
  if (['1', 'true', 'on', 'yes'].includes(text)) return true;
  if (['0', 'false', 'off', 'no'].includes(text)) return false;
  throw new Error(`${name} must be on or off, not '${text}'.`);
};
