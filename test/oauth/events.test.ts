// Events: what the authorization server does and refuses stands in the audit.

import { expect } from 'chai';
import { authorize, launch, newVerifier, post, redeem, refresh } from './support/launch.ts';
import { openWorld, type World } from './support/world.ts';

const scope = 'openid launch/patient offline_access patient/Patient.rs';

describe('the audit of the authorization server', () => {
  let world: World;
  let client: string;
  before(async () => {
    world = await openWorld();
    client = await world.addClient({});
  });
  after(() => world.close());

  /** The texts of the AuditEvents that have come since the last time. */
  let known = new Set<string>();
  const news = async (): Promise<readonly string[]> => {
    const { settleAudit, store } = world.context;
    await settleAudit?.();
    const plan = { op: 'type', types: ['AuditEvent'] } as const;
    const { items } = await store.resources.search(plan, { sort: [], size: 1000 });
    const fresh = items.filter(({ id }) => !known.has(id));
    known = new Set(items.map(({ id }) => id));
    return fresh.map(({ text }) => text);
  };

  it('tells of authorization and token, by whom, for which app and patient', async () => {
    await news();
    const { status } = await launch(world, { client, scope });
    expect(status).to.equal(200);

    const texts = await news();

    const token = texts.filter((text) => text.includes('Get Access Token'));
    expect(token.length, JSON.stringify(texts)).to.be.at.least(2);
    expect(token.every((text) => text.includes(client))).to.be.true;
    expect(token.some((text) => text.includes('Patient/asha'))).to.be.true;
    expect(token.some((text) => text.includes(world.users.asha.id))).to.be.true;
  });

  it('tells of refusals: a wrong aud, a wrong code, a reused refresh token', async () => {
    const { body } = await launch(world, { client, scope });
    await refresh(world, client, body.refresh_token);
    await news();

    await authorize(
      world,
      { client, scope, parameters: { aud: 'https://x.example' } },
      newVerifier(),
    );
    await redeem(world, { client, code: 'wrong', verifier: newVerifier() });
    await refresh(world, client, body.refresh_token);

    const texts = await news();
    const refused = texts.filter((text) => !text.includes('"outcome":"0"'));
    expect(refused.length, JSON.stringify(texts)).to.be.at.least(3);
  });

  it('does not believe who says that it is a proxy', async () => {
    await news();
    const headers = { 'x-forwarded-for': '203.0.113.77' };

    await post(world, '/token', { grant_type: 'authorization_code', client_id: client }, headers);

    const texts = await news();
    expect(texts).not.to.be.empty;
    expect(texts.join('\n')).not.to.contain('203.0.113.77');
    expect(texts.join('\n')).to.contain('127.0.0.1');
  });

  it('tells of a revocation, and never shows a token, code or secret', async () => {
    const { body } = await launch(world, { client, scope });
    await news();

    await post(world, '/token/revocation', { token: body.refresh_token, client_id: client });

    const texts = await news();
    expect(texts, 'one for the revocation').not.to.be.empty;
    for (const secret of [body.access_token, body.refresh_token, body.id_token])
      expect(texts.join('\n')).not.to.contain(secret);
  });
});
