// Who only opens the sign-in page leaves something behind for nobody: it is small, short-lived, and so much a minute.

import { expect } from 'chai';
import { authorize, authorizeUrl, newVerifier } from './support/launch.ts';
import { openWorld, password, type World } from './support/world.ts';

interface Kept {
  readonly exp: number;
  readonly iat: number;
}

describe('oauth, requests nobody has signed in to', () => {
  let world: World;
  let client: string;
  const start = async (env: Readonly<Record<string, string>>): Promise<void> => {
    world = await openWorld({ env });
    client = await world.addClient({ scope: 'openid launch/patient patient/*.rs' });
  };
  afterEach(() => world.close());
  const url = (parameters: Readonly<Record<string, string>> = {}): string =>
    authorizeUrl(world, { client, scope: 'openid launch/patient', parameters }, newVerifier());
  const open = (address: string) => fetch(address, { redirect: 'manual' });
  const kept = async (): Promise<readonly Kept[]> =>
    (await world.context.store.records.find('Interaction', {
      kind: 'Interaction',
    })) as readonly Kept[];

  it('refuses an address longer than 8 KB, and keeps nothing of it', async () => {
    await start({});
    const long = await open(url({ state: 'x'.repeat(8192) }));
    const posted = await fetch(`${world.url}/oauth/auth`, {
      ...{ method: 'POST', redirect: 'manual' },
      body: new URL(url({ state: 'x'.repeat(8192) })).searchParams,
    });

    expect(long.status).to.equal(414);
    expect(await long.text()).to.include('8 KB');
    expect(posted.status).to.equal(413);
    expect(await kept()).to.have.length(0);
  });

  it('keeps of one no more than was asked, and that for twenty minutes', async () => {
    await start({});
    const address = url({ state: 'x'.repeat(4000), unknown: 'y'.repeat(2000) });
    expect((await open(address)).status).to.equal(303);

    const [interaction, ...others] = await kept();
    expect(others).to.deep.equal([]);
    expect(interaction!.exp - interaction!.iat).to.equal(20 * 60);
    expect(JSON.stringify(interaction).length).to.be.below(4000 + 1500);
  });

  it('leaves who has signed in an hour for the pages that follow', async () => {
    await start({});
    const browser = world.browser();
    const shown = await browser.open(url());
    await browser.submit(shown, '/login', { username: 'asha', password });

    expect((await kept()).map(({ exp, iat }) => exp - iat)).to.deep.equal([60 * 60]);
  });

  it('begins so many a minute and keeps no more, from wherever they come', async () => {
    const proxies = { TRUST_PROXY: 'loopback' };
    await start({ RATE_LIMIT: 'on', RATE_LIMIT_SIGN_INS: '5', ...proxies });
    const statuses: number[] = [];
    for (const path of ['auth', 'auth', 'AUTH', 'auth/'])
      for (let n = 0; n < 5; n += 1) {
        const headers = { 'x-forwarded-for': `192.0.2.${String(statuses.length)}` };
        const address = url().replace('/auth?', `/${path}?`);
        statuses.push((await fetch(address, { redirect: 'manual', headers })).status);
      }

    expect(statuses.filter((status) => status === 303)).to.have.length(5);
    expect(statuses.filter((status) => status === 429)).to.have.length(15);
    expect(await kept()).to.have.length(5);
  });

  it('costs an address more than ten other pages', async () => {
    await start({ RATE_LIMIT: 'on', RATE_LIMIT_ADDRESS: '450' });

    expect((await open(url())).status).to.equal(303);
    expect((await open(url())).status).to.equal(303);
    expect((await open(url())).status).to.equal(429);
    expect((await open(`${world.url}/oauth/jwks`)).status).to.equal(200);
  });

  it('lets people sign in all the same', async () => {
    await start({ RATE_LIMIT: 'on' });
    const shown = await authorize(
      world,
      { client, scope: 'openid launch/patient patient/*.rs' },
      newVerifier(),
    );

    expect(shown.left?.searchParams.get('code')).to.be.a('string');
  });
});
