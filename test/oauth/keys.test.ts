// Keys: made once for all processes; a rotation puts a new one in front and keeps the old ones to verify.

import { expect } from 'chai';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { openKeys, rotateKeys } from '#src/oauth/keys.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';
import { openPlace } from '../support/place.ts';
import { startServer } from '../support/server.ts';
import { launch } from './support/launch.ts';
import { openWorld } from './support/world.ts';

describe('the keys', () => {
  it('are made once, also by processes that start together', async () => {
    const { records } = openMemoryStore();

    const [one, other] = await Promise.all([openKeys(records), openKeys(records)]);

    expect(one).to.deep.equal(other);
    expect(await openKeys(records)).to.deep.equal(one);
    expect(one.signing[0]).to.include({ kty: 'RSA', alg: 'RS256' });
  });

  it('keep two before the new one', async () => {
    const { records } = openMemoryStore();
    const first = (await openKeys(records)).signing[0]!;

    const second = await rotateKeys(records);
    await rotateKeys(records);
    const fourth = await rotateKeys(records);

    expect(second.signing[1]).to.deep.equal(first);
    expect(fourth.signing).to.have.length(3);
    expect(fourth.signing.map(({ kid }) => kid)).not.to.contain(first.kid);
  });

  it('sign at once after a rotation, and those before still verify', async () => {
    const world = await openWorld();
    const client = await world.addClient({});
    const scope = 'openid launch/patient patient/*.rs';
    const browser = world.browser();
    const before = (await launch(world, { client, scope, browser })).body.id_token as string;

    await world.application.administer({ command: 'rotate-keys', parameters: [] });
    // Nobody signs in anew: the cookie that was signed before still counts.
    const silent = { client, scope, browser, parameters: { prompt: 'consent' } };
    const after = (await launch(world, silent)).body.id_token as string;

    const answered = await fetch(`${world.url}/oauth/jwks`);
    const published = (await answered.json()) as Parameters<typeof createLocalJWKSet>[0];
    const set = createLocalJWKSet(published);
    const kids = await Promise.all(
      [after, before].map(async (token) => (await jwtVerify(token, set)).protectedHeader.kid),
    );
    await world.close();

    expect(kids).to.deep.equal(published.keys.map(({ kid }) => kid));
    expect(kids[0]).not.to.equal(kids[1]);
    expect(JSON.stringify(published)).not.to.include('"d"');
  });

  it('verify after a rotation and restart what was signed before, and sign with the new one', async () => {
    const place = await openPlace();
    const { dataDir, env } = place;
    const world = await openWorld({ dataDir, env });
    const client = await world.addClient({});
    const { body } = await launch(world, { client, scope: 'openid launch/patient patient/*.rs' });
    const { signing } = await rotateKeys(world.context.store.records);
    await world.close();

    const restarted = await startServer({ dataDir, env });
    const answered = await fetch(`${restarted.url}/oauth/jwks`);
    const set = (await answered.json()) as Parameters<typeof createLocalJWKSet>[0];
    await restarted.close();
    await place.remove();

    expect(set.keys.map(({ kid }) => kid)).to.deep.equal(signing.map(({ kid }) => kid));
    const { protectedHeader } = await jwtVerify(body.id_token, createLocalJWKSet(set));
    expect(protectedHeader.kid).to.equal(signing[1]!.kid);
  });
});
