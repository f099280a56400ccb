// Sign-out: asked for on a page of our own, with or without a session, and back to the app where that is registered.
// https://openid.net/specs/openid-connect-rpinitiated-1_0.html

import { hash } from 'node:crypto';
import { expect } from 'chai';
import { authorizeUrl, launch, newVerifier } from './support/launch.ts';
import { openWorld, type World } from './support/world.ts';

const scope = 'openid launch/patient patient/*.rs';
const bye = 'https://app.example/bye';

describe('signing out', () => {
  let world: World;
  let client: string;
  before(async () => {
    world = await openWorld();
    client = await world.addClient({ post_logout_redirect_uris: [bye] });
  });
  after(() => world.close());

  it('asks, ends the session, and leads back to the app', async () => {
    const browser = world.browser();
    const { body } = await launch(world, { client, scope, browser });
    const asked = new URLSearchParams({
      id_token_hint: body.id_token,
      post_logout_redirect_uri: bye,
    });

    const page = await browser.open(`${world.url}/oauth/session/end?${asked.toString()}`);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const end = await browser.submit(page, '/session/end/confirm', { xsrf, logout: 'yes' });

    expect(page.text).to.contain('Sign out?');
    expect(page.headers.get('content-security-policy')).to.contain(
      "form-action 'self' https://app.example",
    );
    expect(end.left?.href).to.equal(bye);
    const again = await browser.open(authorizeUrl(world, { client, scope }, newVerifier()));
    expect(again.text).to.contain('type="password"');
  });

  it('does not lead to an address that is not registered', async () => {
    const browser = world.browser();
    const { body } = await launch(world, { client, scope, browser });
    const asked = new URLSearchParams({
      ...{ id_token_hint: body.id_token, post_logout_redirect_uri: 'https://evil.example/' },
    });

    const page = await browser.open(`${world.url}/oauth/session/end?${asked.toString()}`);

    expect(page.status).to.equal(400);
    expect(page.text).to.contain('This cannot go on');
  });

  it('is not done by another site: the form carries a token of this session', async () => {
    const browser = world.browser();
    await launch(world, { client, scope, browser });
    await browser.open(`${world.url}/oauth/session/end`);

    const forged = await browser.send(`${world.url}/oauth/session/end/confirm`, {
      ...{ xsrf: 'forged', logout: 'yes' },
    });

    expect(forged.status).to.equal(400);
  });

  it('lets the browser run the one script with which the library sends a form on', async () => {
    const { headers, text } = await world.browser().open(`${world.url}/oauth/session/end`);

    const script = /<script>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '';
    const digest = hash('sha256', script, 'base64');
    expect(headers.get('content-security-policy')).to.contain(`'sha256-${digest}'`);
  });
});
