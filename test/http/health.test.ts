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
