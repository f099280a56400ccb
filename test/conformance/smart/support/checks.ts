// What Inferno asserts of one answer, said once for all groups that ask it.
// https://github.com/inferno-framework/smart-app-launch-test-kit

import { expect } from 'chai';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { jsonOf } from '../../../support/client.ts';
import type { App, Reply } from './app.ts';
import type { World } from './world.ts';

export const splitScopes = (text: unknown): readonly string[] => String(text).split(' ');

const absolute = (value: unknown): void => {
  expect(value).to.be.a('string');
  expect(new URL(String(value)).protocol).to.match(/^https?:$/);
};

/** smart_configuration: 1.1.02 and its like. */
export const checkConfiguration = (configuration: World['configuration']): void => {
  for (const endpoint of ['authorization_endpoint', 'token_endpoint'])
    absolute(configuration[endpoint]);
  expect(configuration.capabilities).to.be.an('array').that.is.not.empty;
  for (const capability of configuration.capabilities) expect(capability).to.be.a('string');
  expect(configuration.grant_types_supported).to.be.an('array').that.includes('authorization_code');
  expect(configuration.code_challenge_methods_supported)
    .to.include('S256')
    .and.not.include('plain');
  const isOpenId = configuration.capabilities.includes('sso-openid-connect');
  for (const member of ['issuer', 'jwks_uri'])
    if (isOpenId) absolute(configuration[member]);
    else expect(configuration).not.to.have.property(member);
};

/** Exchange and refresh alike. */
export const checkTokenBody = ({ status, json }: Reply): void => {
  expect(status, JSON.stringify(json)).to.equal(200);
  expect(json.access_token).to.be.a('string').that.is.not.empty;
  expect(String(json.token_type).toLowerCase()).to.equal('bearer');
  expect(json.expires_in).to.be.a('number').greaterThan(0);
  expect(json.scope).to.be.a('string').that.is.not.empty;
  for (const member of [
    'id_token',
    'refresh_token',
    'patient',
    'encounter',
    'intent',
    'smart_style_url',
    'tenant',
  ])
    if (member in json) expect(json[member], member).to.be.a('string');
  if ('need_patient_banner' in json) expect(json.need_patient_banner).to.be.a('boolean');
  checkFhirContext(json.fhirContext ?? []);
};

export const checkFhirContext = (items: unknown): void => {
  expect(items).to.be.an('array');
  for (const item of items as readonly Readonly<Record<string, unknown>>[]) {
    expect(item).to.be.an('object');
    expect(Object.keys(item)).to.satisfy((keys: readonly string[]) =>
      keys.some((key) => ['reference', 'canonical', 'identifier'].includes(key)),
    );
    const isContext = /^(Patient|Encounter)\//.test(String(item['reference']));
    if (isContext) expect(item['role'] ?? 'launch').not.to.equal('launch');
  }
};

export const checkTokenHeaders = ({ headers }: Reply): void => {
  expect(headers.get('content-type')).to.include('application/json');
  expect(headers.get('cache-control')).to.include('no-store');
  expect(headers.get('pragma')).to.include('no-cache');
};

export const checkIdTokenHeader = async (world: World, idToken: string): Promise<void> => {
  const { alg, kid } = decodeProtectedHeader(idToken);
  const { keys } = await keysOf(world);
  expect(alg).to.equal('RS256');
  expect(keys.filter((key) => key['kty'] === 'RSA').map((key) => key['kid'])).to.include(kid);
};

export const keysOf = async (
  world: World,
): Promise<{ readonly keys: readonly Readonly<Record<string, unknown>>[] }> => {
  const answer = await fetch(world.configuration.jwks_uri);
  expect(answer.status).to.equal(200);
  return (await answer.json()) as Awaited<ReturnType<typeof keysOf>>;
};

export const checkIdToken = async (world: World, app: App, idToken: string): Promise<void> => {
  const keys = createRemoteJWKSet(new URL(world.configuration.jwks_uri));
  const { payload } = await jwtVerify(idToken, keys, {
    ...{ issuer: world.configuration.issuer, audience: app.id },
    requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat'],
  });
  expect(payload.sub).to.have.lengthOf.within(1, 255);
};

/** Reads the user's resource with the token; `headers` are those of a browser. */
export const checkFhirUser = async (
  world: World,
  { id_token: idToken, access_token: token }: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
) => {
  const { fhirUser } = decodeJwt(idToken!);
  const [type] =
    /(Patient|Practitioner|RelatedPerson|Person)\/[\w.-]+$/.exec(String(fhirUser)) ?? [];
  const answer = await world.fhir(token).get(String(fhirUser), headers);
  expect(String(fhirUser)).to.match(new RegExp(`^${world.endpoints.base}/`));
  expect(answer.status, answer.text).to.equal(200);
  expect(jsonOf(answer)).to.have.property('resourceType', type?.split('/')[0]);
  return answer;
};

/** The same set of scopes or fewer. */
export const checkNotWider = (granted: unknown, original: unknown): void => {
  expect(splitScopes(original)).to.include.members(splitScopes(granted) as string[]);
};
