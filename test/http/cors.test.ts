// CORS: a browser lets the pages of registered apps talk to us, and everyone's see what is public.

import { expect } from 'chai';
import { createCors } from '../../src/http/cors.ts';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

const app = 'https://app.example';

describe('http/cors', () => {
  const cors = createCors(() => Promise.resolve(new Set([app])));
  const from = async (origin: string | undefined, path: string) =>
    cors.headers({ method: 'GET', headers: origin === undefined ? {} : { origin } }, path);

  it('names the origin of a registered app, and says that answers differ by origin', async () => {
    const headers = (await from(app, 'Patient/1'))!;

    expect(headers['access-control-allow-origin']).to.equal(app);
    expect(headers['vary']).to.contain('Origin');
    expect(headers['access-control-expose-headers']).to.contain('ETag');
    expect(headers).to.not.have.property('access-control-allow-credentials');
  });

  it('allows nothing to others', async () => {
    for (const origin of ['https://other.example', 'null', 'https://app.example.evil.example'])
      expect(await from(origin, 'Patient/1'), origin).to.not.have.property(
        'access-control-allow-origin',
      );
  });

  it('lets everyone see what is public', async () => {
    for (const path of ['metadata', '.well-known/smart-configuration'])
      expect((await from('https://other.example', path))!['access-control-allow-origin']).to.equal(
        '*',
      );
  });

  it('says so to our own pages, too, whose answer a browser may keep for the page of another site', async () => {
    expect(await from(undefined, '.well-known/smart-configuration')).to.deep.equal(
      await from('https://other.example', '.well-known/smart-configuration'),
    );
  });

  it('adds nothing when no page of another site asks', async () => {
    expect(await from(undefined, 'Patient/1')).to.equal(undefined);
  });
});

describe('http/cors of a server', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({
      guard: () => {
        throw new Error('A preflight asks for nothing.');
      },
    });
    await server.context.store.records.put('Client', 'app', {
      client_id: 'app',
      redirect_uris: [`${app}/callback`],
    });
  });
  after(() => server.close());
  const preflight = (origin: string, path = 'Patient') =>
    ask(`${server.base}/${path}`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PUT' },
    });

  it('answers a preflight of a registered app without asking who it is', async () => {
    const { status, headers, text } = await preflight(app);

    expect([status, text]).to.deep.equal([204, '']);
    expect(headers['access-control-allow-origin']).to.equal(app);
    expect(headers['access-control-allow-methods']).to.contain('PUT');
    expect(headers['access-control-allow-headers']).to.contain('Authorization');
  });

  it('permits nothing in a preflight of others', async () => {
    const { status, headers } = await preflight('https://other.example');

    expect(status).to.equal(204);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).to.deep.equal(
      [],
    );
  });

  it('says what is possible when OPTIONS is no preflight', async () => {
    const { status, headers } = await ask(`${server.base}/Patient/1`, { method: 'OPTIONS' });

    expect(status).to.equal(204);
    expect(headers['allow']).to.contain('PATCH');
  });

  it('knows an app that was registered a moment ago', async () => {
    await preflight('https://late.example');
    await server.context.store.records.put('Client', 'late', {
      client_id: 'late',
      redirect_uris: ['https://late.example/'],
    });
    await new Promise((resolve) => setTimeout(resolve, 1_100));

    expect((await preflight('https://late.example')).headers).to.have.property(
      'access-control-allow-origin',
    );
  });
});
