// Security headers: nothing runs in an answer of the API, pages run only our own files, and https stays https.

import { expect } from 'chai';
import { ask } from '#test/support/ask.ts';
import { startServer, type TestServer } from '#test/support/server.ts';

describe('http/headers', () => {
  let server: TestServer;
  let fhirBase: string;
  const start = async (env: Readonly<Record<string, string>>): Promise<void> => {
    server = await startServer({ env });
    fhirBase = `${env['PUBLIC_URL'] ?? server.url}/fhir`;
    await server.application.administer({
      command: 'create-client',
      parameters: Object.entries({
        ...{ name: 'App', kind: 'public', 'client-id': 'app', scope: 'openid launch/patient' },
        'redirect-uri': 'https://app.example/back',
      }),
    });
  };
  afterEach(() => server.close());

  /** The first step of a sign-in: cookies, and where the page is. */
  const authorize = () => {
    const query = new URLSearchParams({
      ...{ response_type: 'code', client_id: 'app', redirect_uri: 'https://app.example/back' },
      ...{ scope: 'openid launch/patient', state: 'abc', aud: fhirBase },
      ...{ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' },
      code_challenge_method: 'S256',
    });
    return ask(`${server.url}/oauth/auth?${query.toString()}`);
  };
  const cookiesOf = ({ headers }: { headers: { 'set-cookie'?: string[] | undefined } }) =>
    headers['set-cookie'] ?? [];

  it('lets nothing load, run or be framed in an answer of the API', async () => {
    await start({});
    const { headers } = await ask(`${server.base}/metadata`);

    expect(headers['content-security-policy']).to.contain("default-src 'none'");
    expect(headers['content-security-policy']).to.contain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).to.equal('nosniff');
    expect(headers).to.not.have.property('x-powered-by');
  });

  it('lets pages use our own files only, without a word inline', async () => {
    await start({});
    const first = await authorize();
    const cookie = cookiesOf(first).map((each) => each.split(';')[0]!);
    const headers = { accept: 'text/html', cookie: cookie.join('; ') };
    const at = (location = '') => ask(new URL(location, server.url).href, { headers });
    const second = await at(first.headers.location);
    const page = second.status === 200 ? second : await at(second.headers.location);
    const policy = String(page.headers['content-security-policy']);

    expect(page.status).to.equal(200);
    expect(policy).to.not.contain('unsafe');
    expect(policy).to.contain("frame-ancestors 'none'");
    expect(page.text).to.not.match(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/i);
  });

  it('speaks of https, and keeps cookies to it, where PUBLIC_URL is https', async () => {
    await start({ PUBLIC_URL: 'https://records.hospital.org' });
    const answer = await authorize();

    expect(answer.headers['strict-transport-security']).to.match(/^max-age=\d{8}/);
    expect(cookiesOf(answer)).to.have.length.above(0);
    for (const cookie of cookiesOf(answer)) {
      expect(cookie).to.match(/; secure/i);
      expect(cookie).to.match(/; httponly/i);
    }
    const api = await ask(`${server.base}/metadata`);
    expect(api.headers['strict-transport-security']).to.match(/^max-age=\d{8}/);
  });

  it('does not speak of https on plain http', async () => {
    await start({});

    expect((await ask(`${server.base}/metadata`)).headers).to.not.have.property(
      'strict-transport-security',
    );
    expect((await authorize()).headers).to.not.have.property('strict-transport-security');
  });
});
