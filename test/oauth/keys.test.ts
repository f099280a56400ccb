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
