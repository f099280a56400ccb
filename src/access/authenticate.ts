// Authenticate: the access token of a request as the caller it was issued to, asked of the record store every time.
// https://datatracker.ietf.org/doc/html/rfc6750

import { hash } from 'node:crypto';
import { Problem } from '../fhir/problem.ts';
import { isObject } from '../fhir/resource.ts';
import type { RecordStore } from '../store/port.ts';
import type { Caller, Role } from './caller.ts';

export interface TokenSource {
  readonly records: RecordStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The caller of an access token; undefined when it is unknown, expired, revoked, or no access token of ours. */
export type FindCaller = (token: string) => Promise<Caller | undefined>;

/** Kinds of record an access token may be: that of a person's grant, and that of a client's own. */
const kinds = ['AccessToken', 'ClientCredentials'] as const;

export const createFindCaller = ({ records, now }: TokenSource): FindCaller => {
  const readings = createReadings();
  return async (token) => {
    const id = tokenId(token);
    for (const kind of kinds) {
      const row = await records.get(kind, id);
      if (row !== undefined) return readings.read(id, row, now());
    }
    return undefined;
  };
};

/** Under which id a token is kept: whoever reads the store cannot use what is in it. */
export const tokenId = (token: string): string => hash('sha256', token, 'base64url');

/** The caller of a request, or a 401 that says so as RFC 6750 wants it. */
export type Authenticate = (authorization: string | undefined) => Promise<Caller>;

export const createAuthenticate =
  (find: FindCaller, realm: string): Authenticate =>
  async (authorization) => {
    if (authorization === undefined) throw unauthorized(realm);
    const [, token] = bearer.exec(authorization) ?? [];
    const caller = token === undefined ? undefined : await find(token);
    if (caller === undefined) throw unauthorized(realm, 'invalid_token');
    return caller;
  };

/** "credentials = "Bearer" 1*SP b64token"; the scheme's name is read in any case. */
const bearer = /^bearer +([A-Za-z0-9\-._~+/]{1,512}=*) *$/i;

/** "If the request lacks any authentication information […], the resource server SHOULD NOT include an error code". */
const unauthorized = (realm: string, error?: 'invalid_token'): Problem => {
  const diagnostics =
    error === undefined
      ? 'An access token is needed: send it as "Authorization: Bearer …".'
      : 'The access token is not valid: it is unknown, has expired or was revoked. Get a new one.';
  const reason =
    error === undefined
      ? ''
      : `, error="${error}", error_description="${withoutQuotes(diagnostics)}"`;
  return new Problem(401, [{ severity: 'error', code: 'login', diagnostics }], {
    'www-authenticate': `Bearer realm="${withoutQuotes(realm)}"${reason}`,
  });
};

const withoutQuotes = (text: string): string => text.replaceAll(/["\\]/g, "'");

interface Reading {
  readonly scope: unknown;
  readonly extra: string;
  readonly caller: Caller | undefined;
}

/**
 * The same row is the same caller, so that what is made of a caller can be kept with it. The row was just read and its time is
 * looked at each time: nothing here outlives a revocation.
 */
const createReadings = () => {
  const known = new Map<string, Reading>();
  return {
    read: (id: string, row: unknown, now: number): Caller | undefined => {
      if (!isObject(row) || !isInTime(row['exp'], now)) return undefined;
      const extra = JSON.stringify([row['extra'], row['clientId'], row['grantId']]);
      const { scope } = row;
      const found = known.get(id);
      if (found && found.scope === scope && found.extra === extra) return found.caller;
      const caller = readCaller(id, row);
      if (known.size >= mostKnown) known.delete(known.keys().next().value!);
      known.set(id, { scope, extra, caller });
      return caller;
    },
  };
};

const mostKnown = 10_000;

const isInTime = (exp: unknown, now: number): boolean =>
  typeof exp === 'number' && exp * 1000 > now;

type Row = Readonly<Record<string, unknown>>;

const readCaller = (id: string, row: Row): Caller | undefined => {
  const { clientId, accountId, grantId, scope, extra } = row;
  const said = isObject(extra) ? extra['caller'] : undefined;
  if (typeof clientId !== 'string' || !isObject(said) || !isRole(said['role'])) return undefined;
  const purposes = said['purposes'];
  const caller: Caller = {
    client: clientId,
    role: said['role'],
    scopes: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [],
    token: id.slice(0, shown),
    ...textOf('user', said['user'] ?? accountId),
    ...textOf('fhirUser', said['fhirUser']),
    ...textOf('organization', said['organization']),
    ...(said['byRole'] === true ? { byRole: true as const } : {}),
    ...textOf('patient', said['patient']),
    ...textOf('encounter', said['encounter']),
    ...textOf('grant', grantId),
    ...(isTexts(purposes) ? { purposes } : {}),
  };
  return caller;
};

/** Characters of the hash that name a token in the audit. */
const shown = 16;

type TextName = 'user' | 'fhirUser' | 'organization' | 'patient' | 'encounter' | 'grant';

const textOf = (name: TextName, value: unknown): Partial<Pick<Caller, TextName>> =>
  typeof value === 'string' && value !== '' ? { [name]: value } : {};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

const isRole = (value: unknown): value is Role =>
  typeof value === 'string' && roles.has(value as Role);

const roles: ReadonlySet<Role> = new Set<Role>([
  ...(['patient', 'proxy', 'clinician', 'desk', 'pharmacist', 'biller'] as const),
  ...(['system', 'network', 'administrator'] as const),
]);
