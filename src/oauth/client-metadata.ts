// Client metadata: what a client may say of itself, what only an administrator may, and where a browser may be sent for it.
// https://www.rfc-editor.org/rfc/rfc7591#section-2

import { errors, type ClientMetadata, type KoaContextWithOIDC } from 'oidc-provider';

/** What a Client record carries besides RFC 7591's metadata. */
export const ownMetadata = [
  'smart_scope',
  'organization',
  'network',
  'launch_uri',
  'resource_server',
] as const;

/** Set by an administrator only: they widen what a client may do. */
const administrative: ReadonlySet<string> = new Set(['organization', 'network', 'resource_server']);

/** Runs before the library's own checks, once for each of our members, also for a client read from the store. */
export const checkMetadata = (
  ctx: KoaContextWithOIDC | undefined,
  key: string,
  value: unknown,
  metadata: ClientMetadata,
): void => {
  const members = metadata as Record<string, unknown>;
  if (key === 'smart_scope') moveScope(members);
  // What is in the store was checked when it came.
  if (ctx === undefined) return;
  if (key === 'launch_uri') checkAddresses(metadata, value);
  if (key === 'network') checkSystem(metadata);
  if (administrative.has(key)) keepGiven(key, members, ctx);
};

/** The library takes only fixed scopes as metadata; SMART's are kept beside it. */
const moveScope = (members: Record<string, unknown>): void => {
  if (typeof members['scope'] !== 'string') return;
  members['smart_scope'] = members['scope'];
  delete members['scope'];
};

/** A client that updates its registration keeps what an administrator gave it. */
const keepGiven = (
  key: string,
  members: Record<string, unknown>,
  ctx: KoaContextWithOIDC,
): void => {
  const given = (ctx.oidc.entities.Client as Record<string, unknown> | undefined)?.[key];
  if (members[key] !== undefined && members[key] !== given)
    throw new errors.InvalidClientMetadata(`${key} is set by an administrator`);
  if (given !== undefined) members[key] = given;
};

const checkAddresses = (
  { redirect_uris = [], response_modes = [] }: ClientMetadata,
  launchUri: unknown,
): void => {
  if (!response_modes.every((mode) => mode === 'query' || mode === 'fragment'))
    throw new errors.InvalidClientMetadata('response_modes must be query or fragment');
  if (launchUri !== undefined && !(typeof launchUri === 'string' && isSafe(launchUri, 'web')))
    throw new errors.InvalidClientMetadata(`launch_uri ${rule}`);
  if (!redirect_uris.every((uri) => isSafe(uri, 'any')))
    throw new errors.InvalidClientMetadata(`redirect_uris ${rule}`);
};

const rule = 'must be https addresses, or http on this device';

/** A code or a launch must not travel in the clear; the library checks the schemes of native apps. */
const isSafe = (uri: string, scheme: 'web' | 'any'): boolean => {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname } = new URL(uri);
  if (protocol === 'https:') return true;
  if (protocol === 'http:') return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  return scheme === 'any';
};

/** "Backend services … SHALL … asymmetric". */
const checkSystem = ({ grant_types = [], token_endpoint_auth_method }: ClientMetadata): void => {
  if (!grant_types.includes('client_credentials')) return;
  if (token_endpoint_auth_method === 'private_key_jwt') return;
  throw new errors.InvalidClientMetadata(
    'token_endpoint_auth_method must be private_key_jwt for client_credentials',
  );
};
