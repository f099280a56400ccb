// The authorization endpoint: what a request must have, and what becomes of one that lacks it.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#obtain-authorization-code

import { expect } from 'chai';
import { request } from 'node:http';
import { endAccess } from '#src/oauth/end-access.ts';
import type { Browser, Shown } from './support/browser.ts';
import {
  authorize,
  authorizeUrl,
  codeOf,
  newVerifier,
  redeem,
  type Wishes,
} from './support/launch.ts';
import { openWorld, redirectUri, type World } from './support/world.ts';

const scope = 'launch/patient openid patient/Patient.rs';

describe('the authorization endpoint', () => {
  let world: World;
  let client: string;
  before(async () => {
    world = await openWorld();
    client = await world.addClient({});
  });
  after(() => world.close());

  const end = (parameters: Readonly<Record<string, string | undefined>>) =>
    authorize(world, { client, scope, parameters }, newVerifier());

  it('gives no code for another aud, or none', async () => {
    for (const aud of ['https://elsewhere.example/fhir', `${world.base}/Patient`, undefined]) {
      const { left } = await end({ aud });

      expect(left?.searchParams.get('error')).to.equal('invalid_request');
      expect(left?.searchParams.get('error_description')).to.contain(world.base);
      expect(left?.searchParams.has('code')).to.be.false;
    }
  });

  it('does not redirect to an address that is not registered exactly so', async () => {
    const others = [
      'https://app.example/callback/',
      'https://app.example/callback?x=1',
      'https://app.example/other',
      'https://evil.example/callback',
      undefined,
    ];
    for (const redirect_uri of others) {
      const { status, left, text } = await end({ redirect_uri });

      expect(left).to.equal(undefined);
      expect(status).to.equal(400);
      expect(text).to.contain('This cannot go on');
    }
  });

  it('shows an error page for an unknown client, with nothing of the request as markup', async () => {
    const { status, left, text, headers } = await end({ client_id: '<script>alert(1)</script>' });

    expect(left).to.equal(undefined);
    expect(status).to.equal(400);
    expect(text).not.to.contain('<script>alert');
    expect(headers.get('content-security-policy')).to.contain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.to.contain('unsafe-inline');
  });

  it('takes PKCE by S256 only', async () => {
    const verifier = newVerifier();
    const lacking = [
      { code_challenge: undefined, code_challenge_method: undefined },
      { code_challenge: verifier, code_challenge_method: 'plain' },
      { code_challenge_method: undefined },
    ];
    for (const parameters of lacking) {
      const { left } = await end(parameters);

      expect(left?.searchParams.get('error')).to.equal('invalid_request');
      expect(left?.searchParams.has('code')).to.be.false;
    }
  });

  it('gives the state back, and says who answers', async () => {
    const { left } = await end({ state: 'a b&c=1' });

    expect(left?.searchParams.get('state')).to.equal('a b&c=1');
    expect(left?.searchParams.get('iss')).to.equal(`${world.url}/oauth`);
  });

  it('takes a request by POST, too', async () => {
    const verifier = newVerifier();
    const url = new URL(authorizeUrl(world, { client, scope }, verifier));
    const browser = world.browser();

    const shown = await browser.send(
      `${url.origin}${url.pathname}`,
      Object.fromEntries(url.searchParams),
    );

    expect(shown.status).to.equal(200);
    expect(shown.text).to.contain('type="password"');
  });

  it('takes response_type code only', async () => {
    for (const response_type of ['token', 'id_token', 'code token']) {
      const { left } = await end({ response_type });

      const answered = new URLSearchParams(left?.search || left?.hash.slice(1));
      expect(answered.get('error')).to.equal('unsupported_response_type');
    }
  });

  describe('answers prompt=none', () => {
    const silently = (browser: Browser, more: Partial<Wishes> = {}) =>
      authorize(
        world,
        { client, scope, browser, ...more, parameters: { prompt: 'none', ...more.parameters } },
        newVerifier(),
      );
    const errorOf = ({ left }: Shown): string | null | undefined => left?.searchParams.get('error');
    const signedIn = async (patient = 'asha'): Promise<Browser> => {
      const browser = world.browser();
      await authorize(world, { client, scope, browser, patient }, newVerifier());
      return browser;
    };

    it('without a page for what was allowed in this session, about the same patient', async () => {
      const browser = await signedIn('ben');
      const verifier = newVerifier();
      const shown = await authorize(
        world,
        { client, scope, browser, parameters: { prompt: 'none' } },
        verifier,
      );
      const { body } = await redeem(world, { client, code: codeOf(shown), verifier });

      expect(body).to.include({ patient: 'ben', scope });
    });

    it('login_required to who has not signed in', async () => {
      expect(errorOf(await silently(world.browser()))).to.equal('login_required');
    });

    it('consent_required for more than was allowed, and for another app', async () => {
      const browser = await signedIn();
      const other = await world.addClient({});

      const more = await silently(browser, { scope: `${scope} patient/Observation.rs` });
      const another = await silently(browser, { client: other, scope: 'openid' });

      expect(errorOf(more)).to.equal('consent_required');
      expect(errorOf(another)).to.equal('consent_required');
    });

    it('that a page is needed where a patient has to be chosen or an EHR opens the app', async () => {
      const browser = world.browser();
      await authorize(world, { client, scope: 'openid', browser }, newVerifier());
      const launchable = await world.addClient({ launch_uri: 'https://app.example/launch' });
      await authorize(world, { client: launchable, scope: 'openid', browser }, newVerifier());
      const opened = await world.context.openLaunch({ client: launchable, patient: 'asha' });
      const launch = new URL(opened!).searchParams.get('launch')!;

      const unchosen = await silently(browser);
      const launched = await silently(browser, {
        ...{ client: launchable, scope: 'openid launch', parameters: { launch } },
      });

      expect(errorOf(unchosen)).to.equal('interaction_required');
      expect(errorOf(launched)).to.equal('consent_required');
    });

    it('consent_required when what was allowed has been taken back', async () => {
      const browser = await signedIn();
      await endAccess(world.context.store.records, { clientId: client });

      expect(errorOf(await silently(browser))).to.be.oneOf([
        'consent_required',
        'interaction_required',
      ]);
    });
  });

  it('leaves out scopes that this server does not know', async () => {
    const verifier = newVerifier();
    const shown = await authorize(
      world,
      { client, scope: `${scope} patient/Patient.sr patient/Nothing.rs system/*.rs whatever` },
      verifier,
    );
    const { body } = await redeem(world, { client, code: codeOf(shown), verifier });

    expect(body.scope.split(' ')).to.have.members(scope.split(' '));
  });

  it('asks for sign-in once in a browser, and for consent each time', async () => {
    const browser = world.browser();
    await authorize(world, { client, scope, browser }, newVerifier());

    const second = await browser.open(authorizeUrl(world, { client, scope }, newVerifier()));

    expect(second.text).not.to.contain('type="password"');
    expect(second.text).to.contain('Whose record?');
  });

  it('is not moved by a forged Host', async () => {
    const paths = [
      '/oauth/.well-known/openid-configuration',
      '/fhir/.well-known/smart-configuration',
    ];
    for (const path of paths) {
      const forged = await getAs(world.url, path, {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
      });

      expect(forged).not.to.contain('evil.example');
      expect(JSON.parse(forged)).to.include({ token_endpoint: `${world.url}/oauth/token` });
    }
  });

  it('keeps its cookies from scripts, other sites and other paths', async () => {
    const answered = await fetch(authorizeUrl(world, { client, scope }, newVerifier()), {
      redirect: 'manual',
    });

    const lines = answered.headers.getSetCookie();
    expect(lines).not.to.be.empty;
    for (const line of lines) {
      expect(line.toLowerCase()).to.contain('httponly');
      expect(line.toLowerCase()).to.contain('samesite=lax');
    }
    const interaction = lines.find((line) => line.startsWith('_interaction='));
    expect(interaction).to.match(/path=\/oauth\/interaction\/[^;]+/);
  });

  it('lets the form of its consent page lead back to the app', async () => {
    const browser = world.browser();
    let policy = '';
    const tick = (offered: readonly string[]) => offered;
    const watching = {
      ...browser,
      submit: async (...given: Parameters<typeof browser.submit>) => {
        policy = given[0].headers.get('content-security-policy') ?? '';
        return browser.submit(...given);
      },
    };
    await authorize(world, { client, scope, browser: watching, tick }, newVerifier());

    expect(policy).to.contain(`form-action 'self' ${new URL(redirectUri).origin}`);
  });

  it('shows a page of another browser to nobody', async () => {
    const browser = world.browser();
    const shown = await browser.open(authorizeUrl(world, { client, scope }, newVerifier()));

    const elsewhere = await world.browser().open(shown.address.replace(/\/login$/, ''));

    expect(elsewhere.status).to.equal(400);
  });
});

const getAs = (
  url: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const asked = request({ hostname, port, path, headers }, (answered) => {
      let text = '';
      answered.on('data', (part: Buffer) => (text += part.toString()));
      answered.on('end', () => {
        resolve(text);
      });
    });
    asked.on('error', reject);
    asked.end();
  });
