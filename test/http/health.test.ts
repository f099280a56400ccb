// Health, metrics, and a stop that loses nothing.

import { expect } from 'chai';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

describe('http/health', () => {
  let server: TestServer;
  before(async () => (server = await startServer()));
  after(() => server.close());

  it('says that it lives and can serve', async () => {
    const [lives, ready] = await Promise.all([
      ask(`${server.url}/healthz`),
      ask(`${server.url}/readyz`),
    ]);

    expect([lives.status, ready.status]).to.deep.equal([200, 200]);
  });

  it('counts requests by interaction, and tells no path', async () => {
    await ask(`${server.base}/Patient/secret-id`);
    await ask(`${server.base}/Patient?name=SecretName`);
    const { status, text } = await ask(`${server.url}/metrics`);

    expect(status).to.equal(200);
    expect(text).to.match(
      /http_request_duration_seconds_count\{interaction="read",status="404"\} \d/,
    );
    expect(text).to.contain('interaction="search-type"');
    expect(text).not.to.match(/secret/i);
  });

  describe('shows its numbers', () => {
    const statusOf = async (
      env: Readonly<Record<string, string>>,
      headers: Readonly<Record<string, string>> = {},
    ): Promise<number> => {
      const other = await startServer({ env });
      const { status } = await ask(`${other.url}/metrics`, { headers });
      await other.close();
      return status;
    };

    it('to this machine alone where there is no secret', async () => {
      const behind = { TRUST_PROXY: 'loopback' };

      expect(await statusOf({})).to.equal(200);
      expect(await statusOf(behind)).to.equal(200);
      expect(await statusOf(behind, { 'x-forwarded-for': '203.0.113.7' })).to.equal(403);
      expect(await statusOf(behind, { 'x-forwarded-for': '127.0.0.1, 203.0.113.7' })).to.equal(403);
    });

    it('to who knows the secret where there is one, from wherever', async () => {
      const env = { METRICS_SECRET: 'gB1xv0SgxKTgqkD5', TRUST_PROXY: 'loopback' };
      const from = { 'x-forwarded-for': '203.0.113.7' };
      const authorization = 'Bearer gB1xv0SgxKTgqkD5';

      expect(await statusOf(env)).to.equal(401);
      expect(await statusOf(env, { authorization: 'Bearer gB1xv0SgxKTgqkD' })).to.equal(401);
      expect(await statusOf(env, { ...from, authorization })).to.equal(200);
    });
  });

  it('protects every answer with the same headers', async () => {
    for (const path of ['/fhir/metadata', '/fhir/Patient/1', '/healthz', '/nowhere']) {
      const { headers } = await ask(server.url + path);
      expect(headers, path).to.include({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      });
      expect(headers, path).not.to.have.property('x-powered-by');
    }
  });

  it('is not ready and ends connections when it is about to stop', async () => {
    const other = await startServer();
    other.application.announceStop();
    const ready = await ask(`${other.url}/readyz`);
    const { headers } = await ask(`${other.base}/metadata`);
    await other.close();

    expect(ready.status).to.equal(503);
    expect(headers['connection']).to.equal('close');
  });
});
