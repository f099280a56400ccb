// The groups of tests that Inferno repeats in every launch, each under the number it has there.

import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { jsonOf } from '../../../support/client.ts';
import { refresh, type App, type Reply } from './app.ts';
import {
  checkConfiguration,
  checkFhirUser,
  checkIdToken,
  checkIdTokenHeader,
  checkNotWider,
  checkTokenBody,
  checkTokenHeaders,
  keysOf,
} from './checks.ts';
import type { Launched } from './launch.ts';
import { inferno } from './table.ts';
import type { World } from './world.ts';

const foreign = 'https://anywhere.example';

/** What a group of tests is about; read inside tests only. */
export interface Subject {
  readonly world: () => World;
  readonly app: () => App;
  readonly launched: () => Launched;
}

/** .01 to .04 of a discovery group, as far as the group goes. */
export const discovery = (group: string, world: () => World): void => {
  describe(`${group} discovery`, () => {
    inferno(`${group}.01`, 'publishes its SMART configuration as application/json', async () => {
      const answer = await fetch(`${world().endpoints.base}/.well-known/smart-configuration`);

      expect(answer.status).to.equal(200);
      expect(answer.headers.get('content-type')).to.match(/^application\/json/);
      expect(await answer.json()).to.be.an('object');
    });

    inferno(`${group}.02`, 'names its endpoints, grants, challenges and capabilities', () => {
      checkConfiguration(world().configuration);
    });

    inferno(`${group}.03`, 'lets pages of any site read the SMART configuration', async () => {
      const answer = await fetch(`${world().endpoints.base}/.well-known/smart-configuration`, {
        headers: { origin: foreign },
      });

      expect(answer.headers.get('access-control-allow-origin')).to.be.oneOf(['*', foreign]);
    });

    inferno(`${group}.04`, 'lets pages of any site read the CapabilityStatement', async () => {
      const answer = await fetch(`${world().endpoints.base}/metadata`, {
        headers: { origin: foreign },
      });

      expect(answer.status).to.equal(200);
      expect(answer.headers.get('access-control-allow-origin')).to.be.oneOf(['*', foreign]);
    });
  });
};

/** The tests of a launch by their number within the group, because an EHR launch has two more in front. */
export interface LaunchNumbers {
  readonly authorizeTls: string;
  readonly redirect: string;
  readonly code: string;
  readonly tokenTls: string;
  readonly exchange: string;
  readonly body: string;
  readonly headers: string;
  readonly cors?: string;
}

export const launchTests = (numbers: LaunchNumbers, { app, launched }: Subject): void => {
  inferno(numbers.redirect, 'takes the user in with all parameters of SMART', () => {
    const { page, seen, request } = launched();

    expect(seen).to.include('consent');
    expect(`${page.left?.origin ?? ''}${page.left?.pathname ?? ''}`).to.equal(app().redirectUri);
    expect(page.left?.searchParams.get('state')).to.equal(request.state);
  });

  inferno(numbers.code, 'sends the app a code and no error', () => {
    const { sent } = launched();

    expect(sent.get('error')).to.equal(null);
    expect(sent.get('code')).to.be.a('string').that.is.not.empty;
  });

  inferno(numbers.exchange, 'exchanges the code for a token, as JSON', () => {
    const { reply } = launched();

    expect(reply.status).to.equal(200);
    expect(reply.headers.get('content-type')).to.include('application/json');
  });

  inferno(numbers.body, 'puts into the token reply what SMART requires', () => {
    checkTokenBody(launched().reply);
  });

  inferno(numbers.headers, 'forbids caches to keep the token reply', () => {
    checkTokenHeaders(launched().reply);
  });

  if (numbers.cors !== undefined)
    inferno(numbers.cors, 'lets the page of a public app read the token reply', () => {
      const origin = new URL(app().redirectUri).origin;

      expect(launched().reply.headers.get('access-control-allow-origin')).to.be.oneOf([
        '*',
        origin,
      ]);
    });
};

/** .01 and .04 of each launch: TLS ends at the proxy in front, so what can be shown here is that nothing else is published. */
export const tlsTests = (
  { authorizeTls, tokenTls }: Pick<LaunchNumbers, 'authorizeTls' | 'tokenTls'>,
  published: () => World['configuration'],
): void => {
  inferno(authorizeTls, 'publishes its authorization endpoint under https alone', () => {
    expect(published().authorization_endpoint).to.match(/^https:/);
  });

  inferno(tokenTls, 'publishes its token endpoint under https alone', () => {
    expect(published().token_endpoint).to.match(/^https:/);
  });
};

/** .01 to .08 of an OpenID Connect group. */
export const openIdConnect = (group: string, { world, app, launched }: Subject): void => {
  const idToken = (): string => launched().reply.json.id_token;
  const fetchConfiguration = async () => {
    const { iss } = decodeJwt(idToken());
    return fetch(`${String(iss)}/.well-known/openid-configuration`);
  };

  describe(`${group} OpenID Connect`, () => {
    inferno(`${group}.01`, 'gives an id_token that decodes', () => {
      expect(decodeJwt(idToken())).to.be.an('object');
    });

    inferno(`${group}.02`, 'publishes its OpenID configuration at the issuer', async () => {
      const answer = await fetchConfiguration();

      expect(answer.status).to.equal(200);
      expect(answer.headers.get('content-type')).to.match(/^application\/json/);
    });

    inferno(
      `${group}.03`,
      'names in it all that OpenID requires, RS256 among the algorithms',
      async () => {
        const configuration = (await (await fetchConfiguration()).json()) as World['configuration'];

        expect(configuration.issuer).to.equal(decodeJwt(idToken()).iss);
        expect(configuration).to.include.keys(
          ...['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'response_types_supported'],
          ...['subject_types_supported', 'id_token_signing_alg_values_supported'],
        );
        expect(configuration.id_token_signing_alg_values_supported).to.include('RS256');
      },
    );

    inferno(`${group}.04`, 'publishes its keys, an RSA key among them', async () => {
      const { keys } = await keysOf(world());

      expect(keys.map(({ kty }) => kty)).to.include('RSA');
      for (const key of keys) expect(key).not.to.have.any.keys('d', 'p', 'q', 'k');
    });

    inferno(`${group}.05`, 'signs the id_token by RS256 with a published key', () =>
      checkIdTokenHeader(world(), idToken()),
    );

    inferno(`${group}.06`, 'puts issuer, audience, subject and times into the id_token', () =>
      checkIdToken(world(), app(), idToken()),
    );

    inferno(
      `${group}.07`,
      'names the user as a FHIR resource that the token can read',
      async () => {
        await checkFhirUser(world(), launched().reply.json);
      },
    );

    inferno(`${group}.08`, 'lets the page of the app read the resource of the user', async () => {
      const { origin } = new URL(app().redirectUri);
      const answer = await checkFhirUser(world(), launched().reply.json, { origin });

      expect(answer.headers['access-control-allow-origin']).to.be.oneOf(['*', origin]);
    });
  });
};

/** .01 to .03, with the scope sent or not; the refresh token goes around, because each works once. */
export const tokenRefresh = (
  group: string,
  { world, app, launched }: Subject,
  scope: 'with scope' | 'without scope',
): void => {
  describe(`${group} token refresh ${scope}`, () => {
    let reply: Reply | undefined;
    before(async () => {
      const { json } = launched().reply;
      const changes = scope === 'with scope' ? { scope: json.scope as string } : {};
      reply = await refresh(app(), world().endpoints, json.refresh_token, changes);
      json.refresh_token = reply.json?.refresh_token ?? json.refresh_token;
    });

    inferno(`${group}.01`, 'gives a new token for the refresh token, as JSON', () => {
      expect(reply!.status, JSON.stringify(reply!.json)).to.equal(200);
      expect(reply!.headers.get('content-type')).to.include('application/json');
    });

    inferno(`${group}.02`, 'puts into the reply what SMART requires, with no more scopes', () => {
      checkTokenBody(reply!);
      checkNotWider(reply!.json.scope, launched().reply.json.scope);
      expect(reply!.json.access_token).not.to.equal(launched().reply.json.access_token);
    });

    inferno(`${group}.03`, 'forbids caches to keep it', () => {
      checkTokenHeaders(reply!);
    });
  });
};

/** g10: the patient of the launch can be read with the token. */
export const readsPatient = async (world: World, { json }: Reply): Promise<void> => {
  const answer = await world.fhir(json.access_token).get(`Patient/${String(json.patient)}`);

  expect(json.patient).to.be.a('string').that.is.not.empty;
  expect(answer.status, answer.text).to.equal(200);
  expect(jsonOf(answer)).to.have.property('id', json.patient);
};
