// create-client: an app or a system that may ask for tokens. Its secret, if it has one, is shown this once.
// https://www.rfc-editor.org/rfc/rfc7591#section-2

import { ownApp } from '../../access/own-apps.ts';
import { parseScope } from '../../access/scopes/parse.ts';
import { invalid } from '../../fhir/problem.ts';
import { hashSecret, newSecret } from '../../oauth/client-secret.ts';
import {
  readFlag,
  readText,
  readTexts,
  type Inputs,
  type OutputParameter,
} from '../../operations/parameters.ts';
import type { Command, Tools } from '../types.ts';
import { oneOf, reference, required, texts } from '../read-inputs.ts';
import { checkThere } from '../write-resource.ts';

/** How a client proves who it is, by RFC 7591's word for it. */
const kinds = {
  public: 'none',
  confidential: 'client_secret_basic',
  asymmetric: 'private_key_jwt',
  system: 'private_key_jwt',
} as const;
type Kind = keyof typeof kinds;

export const createClient: Command = {
  name: 'create-client',
  about: 'Registers an app or a system that may ask for tokens.',
  inputs: [
    { name: 'name', type: 'string', required: true, about: 'What the consent page shows.' },
    {
      ...{ name: 'kind', type: 'code', required: true },
      about: `public and confidential apps, asymmetric ones by private_key_jwt, or a system without users: one of ${Object.keys(kinds).join(', ')}.`,
    },
    {
      ...{ name: 'redirect-uri', type: 'uri', repeats: true },
      about: 'Where the user comes back to, exactly; a system has none.',
    },
    { name: 'scope', type: 'string', required: true, about: 'All it may ever ask for.' },
    { name: 'client-id', type: 'string', about: 'One of your own; otherwise it is made.' },
    { name: 'launch-uri', type: 'uri', about: 'Where an EHR starts it.' },
    { name: 'jwks-uri', type: 'uri', about: 'Where its public keys are.' },
    { name: 'jwks', type: 'string', about: 'Its public keys, as JSON, instead.' },
    { name: 'organization', type: 'string', about: 'Organization/[id] a system works for.' },
    { name: 'network', type: 'boolean', about: 'A system for all organizations.' },
  ],
  outputs: [
    { name: 'client-id', type: 'string', about: 'As client_id in requests.' },
    { name: 'client-secret', type: 'string', about: 'Shown only now.' },
  ],
  ways: 'everywhere',
  event: 'registration',
  run: async (inputs, tools) => {
    const kind = oneOf(inputs, 'kind', Object.keys(kinds) as readonly Kind[]);
    const secret = kind === 'confidential' ? newSecret() : undefined;
    const id = readText(inputs, 'client-id') ?? tools.context.newId();
    // Also while one of ours is disabled: its name would give another its rights.
    if (ownApp(id)) throw invalid(`The client id '${id}' is taken; choose another.`, 'client-id');
    if (!/^[\x21-\x7e]{1,128}$/.test(id))
      throw invalid('A client id has 1 to 128 visible ASCII characters.', 'client-id');
    const client = {
      ...(await readMetadata(kind, inputs, tools)),
      client_id: id,
      client_id_issued_at: Math.floor(tools.context.now() / 1000),
      ...(secret === undefined ? {} : { client_secret: await hashSecret(secret) }),
    };
    tools.checkClient(client);
    if (!(await tools.context.store.records.add('Client', id, client)))
      throw invalid(`The client id '${id}' is taken; choose another.`, 'client-id');
    return answerOf(id, secret);
  },
};

const answerOf = (id: string, secret: string | undefined): readonly OutputParameter[] => [
  { name: 'client-id', valueString: id },
  ...(secret === undefined ? [] : [{ name: 'client-secret', valueString: secret }]),
];

const readMetadata = async (kind: Kind, inputs: Inputs, tools: Tools): Promise<object> => {
  const organization = reference(inputs, 'organization', ['Organization']);
  await checkThere(organization, 'organization', tools);
  const isSystem = kind === 'system';
  const redirects = readTexts(inputs, 'redirect-uri');
  if (isSystem === redirects.length > 0)
    throw invalid(
      isSystem
        ? 'A system signs nobody in, so it has no redirect-uri.'
        : 'An app needs a redirect-uri, where its users come back to.',
      'redirect-uri',
    );
  for (const uri of redirects) checkRedirect(uri);
  if (isSystem && organization === undefined && readFlag(inputs, 'network') !== true)
    throw invalid(
      "A system works for an 'organization', or is registered for the whole 'network'.",
    );
  webAddress(inputs, 'launch-uri');
  const scope = required(inputs, 'scope');
  checkScopes(scope, tools);
  return {
    client_name: required(inputs, 'name'),
    redirect_uris: redirects,
    grant_types: isSystem ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
    response_types: isSystem ? [] : ['code'],
    token_endpoint_auth_method: kinds[kind],
    application_type: redirects.some((uri) => isOwnScheme(new URL(uri).protocol))
      ? 'native'
      : 'web',
    smart_scope: scope,
    ...texts(inputs, { launch_uri: 'launch-uri' }),
    ...keysOf(kind, inputs),
    ...(organization === undefined ? {} : { organization }),
    ...(readFlag(inputs, 'network') ? { network: true } : {}),
  };
};

/** Codes must not travel in the clear, and a scheme of an app's own is a name the app's makers hold: `org.example.app:`. */
const checkRedirect = (uri: string): void => {
  if (URL.canParse(uri) && !uri.includes('#') && isSafe(new URL(uri))) return;
  throw invalid(
    `'${uri}' cannot be a redirect-uri: it must be an https address without '#', http on localhost, or a native app's own scheme such as org.example.app:/back.`,
    'redirect-uri',
  );
};

const isSafe = (url: URL): boolean => isSafeWeb(url) || isOwnScheme(url.protocol);

const isSafeWeb = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' ||
  (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));

/** Throws 400 for a page of the app that is not on the web, or in the clear on it. */
const webAddress = (inputs: Inputs, name: string): void => {
  const uri = readText(inputs, name);
  if (uri !== undefined && !(URL.canParse(uri) && isSafeWeb(new URL(uri))))
    throw invalid(`'${name}' must be an https address (http only on localhost).`, name);
};

/** https://www.rfc-editor.org/rfc/rfc8252#section-7.1 */
const isOwnScheme = (protocol: string): boolean => protocol.includes('.');

const contextScopes: ReadonlySet<string> = new Set(
  'openid fhirUser profile launch launch/patient launch/encounter offline_access online_access'.split(
    ' ',
  ),
);

const checkScopes = (scope: string, { context }: Tools): void => {
  for (const each of scope.split(' '))
    if (!contextScopes.has(each) && !parseScope(each, context.definitions))
      throw invalid(`'${each}' is no scope of this server.`, 'scope');
};

const keysOf = (kind: Kind, inputs: Inputs): object => {
  if (kinds[kind] !== 'private_key_jwt') return {};
  const given = texts(inputs, { jwks: 'jwks', jwks_uri: 'jwks-uri' });
  if (Object.keys(given).length !== 1)
    throw invalid('Send the public keys of this client, either as jwks or by jwks-uri.');
  const { jwks } = given;
  return jwks === undefined ? given : { jwks: readKeys(jwks) };
};

const readKeys = (text: string): object => {
  try {
    const keys = JSON.parse(text) as {
      readonly keys?: readonly Readonly<Record<string, unknown>>[];
    };
    const isPublic = keys.keys?.every((key) => key['kty'] !== 'oct' && key['d'] === undefined);
    if (isPublic && keys.keys!.length > 0) return keys;
  } catch {
    // Said below.
  }
  throw invalid('jwks must be a JSON Web Key Set of public keys: {"keys": [...]}.', 'jwks');
};
