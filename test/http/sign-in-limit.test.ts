// What an address may ask of the authorization server: who guesses is stopped, with the standard headers.

import { expect } from 'chai';
import { ask } from '#test/support/ask.ts';
import { startServer, type TestServer } from '#test/support/server.ts';

describe('http/sign-in-limit', () => {
  let server: TestServer;
  const start = async (env: Readonly<Record<string, string>>): Promise<void> => {
    server = await startServer({ env: { RATE_LIMIT: 'on', ...env } });
  };
  afterEach(() => server.close());
  const guess = (headers: Readonly<Record<string, string>> = {}) =>
    ask(`${server.url}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('app:guess').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: 'grant_type=client_credentials',
    });
  const statuses = async (times: number, once: () => Promise<{ readonly status: number }>) => {
    const all: number[] = [];
    for (let n = 0; n < times; n += 1) all.push((await once()).status);
    return all;
  };

  it('stops whoever guesses at the token endpoint, and says when to come back', async () => {
    await start({ RATE_LIMIT_FAILURES: '3' });
    const answered = await statuses(3, guess);
    const refused = await guess({ accept: 'application/json' });

    expect(answered.every((status) => status === 400 || status === 401)).to.equal(true);
    expect(refused.status).to.equal(429);
    expect(Number(refused.headers['retry-after'])).to.be.within(1, 60);
    expect(refused.headers['ratelimit']).to.match(/^"failures"; r=0; t=\d+/);
    expect(refused.json.error_description).to.contain('Try again');
  });

  it('takes what is asked from the purse of the address', async () => {
    await start({ RATE_LIMIT_ADDRESS: '60' });
    const address = `${server.url}/oauth/.well-known/openid-configuration`;

    expect(await statuses(4, () => ask(address))).to.deep.equal([200, 200, 200, 429]);
  });

  it('does not count the style and scripts of the pages', async () => {
    await start({ RATE_LIMIT_ADDRESS: '20' });
    const answered = await statuses(4, () => ask(`${server.url}/oauth/assets/none.css`));

    expect(answered).to.not.include(429);
  });

  it('counts nothing with RATE_LIMIT=off', async () => {
    await start({ RATE_LIMIT: 'off', RATE_LIMIT_FAILURES: '1' });

    expect(await statuses(4, guess)).to.not.include(429);
  });
});
