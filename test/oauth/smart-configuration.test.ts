// SMART configuration: JSON for everyone, and every address in it answers.
// https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html

import { expect } from 'chai';
import { openWorld, type World } from './support/world.ts';

describe('the SMART configuration', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const read = (headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${world.base}/.well-known/smart-configuration`, { headers });

  it('is JSON whatever is asked for, for pages of any site, without a token', async () => {
    for (const accept of ['*/*', 'text/html', 'application/fhir+xml', 'application/json']) {
      const answered = await read({ accept, origin: 'https://any.example' });

      expect(answered.status).to.equal(200);
      expect(answered.headers.get('content-type')).to.equal('application/json');
      expect(answered.headers.get('access-control-allow-origin')).to.equal('*');
      await answered.json();
    }
  });

  it('says what SMART requires of it', async () => {
    const document = (await (await read()).json()) as Readonly<Record<string, unknown>>;

    expect(document).to.include({
      issuer: `${world.url}/oauth`,
      jwks_uri: `${world.url}/oauth/jwks`,
    });
    expect(document['code_challenge_methods_supported']).to.deep.equal(['S256']);
    expect(document['grant_types_supported']).to.include.members([
      ...['authorization_code', 'client_credentials'],
    ]);
    expect(document['token_endpoint_auth_signing_alg_values_supported']).to.have.members([
      ...['RS384', 'ES384'],
    ]);
    expect(document['capabilities']).to.include.members([
      ...['launch-ehr', 'launch-standalone', 'authorize-post', 'client-public'],
      ...['client-confidential-symmetric', 'client-confidential-asymmetric', 'sso-openid-connect'],
      ...['context-banner', 'context-style', 'context-ehr-patient', 'context-ehr-encounter'],
      ...['context-standalone-patient', 'context-standalone-encounter'],
      ...['permission-offline', 'permission-online'],
      ...['permission-patient', 'permission-user', 'permission-v1', 'permission-v2'],
    ]);
  });

  it('says the same as OpenID’s document and the CapabilityStatement', async () => {
    const own = (await (await read()).json()) as Readonly<Record<string, string>>;
    const openid = (await (
      await fetch(`${world.url}/oauth/.well-known/openid-configuration`)
    ).json()) as Readonly<Record<string, unknown>>;
    const statement = await (await fetch(`${world.base}/metadata`)).text();

    for (const name of ['authorization', 'token', 'registration', 'introspection', 'revocation']) {
      const address = own[`${name}_endpoint`] ?? '';
      expect(openid[`${name}_endpoint`]).to.equal(address);
      expect(statement).to.contain(`"valueUri":"${address}"`);
    }
    expect(openid['issuer']).to.equal(own['issuer']);
    expect(openid['jwks_uri']).to.equal(own['jwks_uri']);
    expect(openid['id_token_signing_alg_values_supported']).to.deep.equal(['RS256']);
    expect(openid['code_challenge_methods_supported']).to.deep.equal(['S256']);
    expect(statement).to.contain('SMART-on-FHIR');
  });
});
