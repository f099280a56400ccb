// Adapter: one-time things are one-time in every engine, expired is absent, and no id can be used that the store tells.

import { expect } from 'chai';
import type { Adapter } from 'oidc-provider';
import { createAdapters } from '#src/oauth/adapter.ts';
import { endAccess, endOwnApps } from '#src/oauth/end-access.ts';
import type { RecordStore } from '#src/store/port.ts';
import { engines, type Opened } from '../contract/support/engines.ts';

for (const engine of engines)
  describe(`the adapter on ${engine.name}`, function () {
    this.timeout(120_000);
    let opened: Opened;
    let now = Date.now();
    let adapter: (model: string) => Adapter;
    before(async () => {
      opened = await engine.open({ now: () => now });
      adapter = createAdapters(opened.store.records);
    });
    after(() => opened.close());

    it('finds what was kept by the value, which is nowhere in the store', async () => {
      const payload = { jti: 'the-value', kind: 'AccessToken', clientId: 'c', grantId: 'g' };
      await adapter('Grant').upsert('g', { accountId: 'asha' }, 60);
      await adapter('AccessToken').upsert('the-value', payload, 60);

      expect(await adapter('AccessToken').find('the-value')).to.deep.equal(payload);
      const kept = await opened.store.records.find('AccessToken', {});
      expect(JSON.stringify(kept)).not.to.contain('the-value');
      expect(await opened.store.records.get('AccessToken', 'the-value')).to.equal(undefined);
    });

    it('keeps addresses and dotted names as they are', async () => {
      const payload = {
        ...{ jti: 'grant', accountId: 'asha', openid: { scope: 'openid' } },
        resources: { 'https://fhir.example/fhir?a=$b': 'patient/Observation.rs?category=a|b' },
        authorizations: { 'client.with.dots': { grantId: 'g' } },
      };
      await adapter('Grant').upsert('grant', payload, 60);

      expect(await adapter('Grant').find('grant')).to.deep.equal(payload);
    });

    it('lets one of several consume', async () => {
      const codes = adapter('AuthorizationCode');
      await codes.upsert('code', { kind: 'AuthorizationCode' }, 60);

      const ends = await Promise.allSettled([1, 2, 3, 4, 5].map(() => codes.consume('code')));

      expect(ends.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
      expect(await codes.find('code')).to.have.property('consumed');
    });

    it('ends the grant of what several consume at once, and what is made of it meanwhile', async () => {
      await adapter('Grant').upsert('raced', { clientId: 'c' }, 60);
      const codes = adapter('AuthorizationCode');
      await codes.upsert('raced-code', { kind: 'AuthorizationCode', grantId: 'raced' }, 60);

      await Promise.allSettled(
        [1, 2, 3].map(async (each) => {
          await codes.consume('raced-code');
          await adapter('AccessToken').upsert(`raced-${String(each)}`, { grantId: 'raced' }, 60);
        }),
      );

      expect(await adapter('Grant').find('raced')).to.equal(undefined);
      for (const kind of ['AccessToken', 'AuthorizationCode'])
        expect(await opened.store.records.find(kind, { grantId: 'raced' }), kind).to.deep.equal([]);
    });

    it('leaves no token that is made while a grant and its tokens are revoked side by side', async () => {
      const { records } = opened.store;
      await adapter('Grant').upsert('torn', { clientId: 'c' }, 60);
      // The grant is the last to go, as on a slow day; until then a token is made of it.
      const slow: RecordStore = {
        ...records,
        take: async (kind, id) => {
          await adapter('AccessToken').upsert('torn-token', { grantId: 'torn' }, 60);
          return records.take(kind, id);
        },
      };

      await adapter('AccessToken').revokeByGrantId('torn');
      await createAdapters(slow)('Grant').destroy('torn');

      expect(await adapter('AccessToken').find('torn-token')).to.equal(undefined);
    });

    it('does not consume what is not there', async () => {
      const end = await adapter('RefreshToken')
        .consume('nothing')
        .then(
          () => 'consumed',
          (error: unknown) => (error as { readonly error: string }).error,
        );

      expect(end).to.equal('invalid_grant');
    });

    it('lets one of several assertions with one jti through', async () => {
      const replays = adapter('ReplayDetection');

      const ends = await Promise.allSettled(
        [1, 2, 3, 4].map(() => replays.upsert('client jti', { iss: 'client' }, 60)),
      );

      expect(ends.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    });

    it('removes all of a grant, of one model', async () => {
      const [tokens, refreshing] = [adapter('AccessToken'), adapter('RefreshToken')];
      for (const grant of ['g1', 'g2']) await adapter('Grant').upsert(grant, { clientId: 'c' }, 60);
      await tokens.upsert('a1', { grantId: 'g1' }, 60);
      await tokens.upsert('a2', { grantId: 'g1' }, 60);
      await tokens.upsert('a3', { grantId: 'g2' }, 60);
      await refreshing.upsert('r1', { grantId: 'g1' }, 60);

      await tokens.revokeByGrantId('g1');

      expect([await tokens.find('a1'), await tokens.find('a2')]).to.deep.equal([
        undefined,
        undefined,
      ]);
      expect(await tokens.find('a3')).to.be.an('object');
      expect(await refreshing.find('r1')).to.be.an('object');
    });

    it('makes no token of a grant that has ended, nor of a client that was removed', async () => {
      const made = await Promise.allSettled([
        adapter('AccessToken').upsert('late', { grantId: 'ended', clientId: 'c' }, 60),
        adapter('RefreshToken').upsert('late', { grantId: 'ended', clientId: 'c' }, 60),
        adapter('ClientCredentials').upsert('late', { clientId: 'removed' }, 60),
      ]);

      expect(made.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected', 'rejected']);
      for (const kind of ['AccessToken', 'RefreshToken', 'ClientCredentials'])
        expect(await adapter(kind).find('late'), kind).to.equal(undefined);
    });

    it('leaves nothing of what is granted while access ends', async () => {
      const { records } = opened.store;
      const holder = { clientId: 'busy', accountId: 'asha' };
      await adapter('Grant').upsert('busy', holder, 60);
      let made = 0;
      const makeTokens = (): Promise<unknown> =>
        Promise.allSettled(
          ['AccessToken', 'RefreshToken'].map((kind) =>
            adapter(kind).upsert(`busy-${String((made += 1))}`, { ...holder, grantId: 'busy' }, 60),
          ),
        );
      const busy: Pick<RecordStore, 'drop'> = {
        drop: async (kind, where) => {
          await makeTokens();
          const dropped = await records.drop(kind, where);
          await makeTokens();
          return dropped;
        },
      };

      await endAccess(busy, { clientId: 'busy' });

      for (const kind of ['Grant', 'AccessToken', 'RefreshToken'])
        expect(await records.find(kind, { clientId: 'busy' }), kind).to.deep.equal([]);
    });

    it('leaves nothing of what our own apps are given while a session ends, and others theirs', async () => {
      const { records } = opened.store;
      const held = { sessionUid: 'ending', accountId: 'asha' };
      for (const clientId of ['portal', 'another']) {
        await adapter('Grant').upsert(clientId, { clientId }, 60);
        const of = { ...held, clientId, grantId: clientId };
        await adapter('RefreshToken').upsert(`ending-${clientId}`, of, 60);
      }
      let made = 0;
      const makeToken = (): Promise<unknown> =>
        Promise.allSettled([
          adapter('AccessToken').upsert(
            `ending-${String((made += 1))}`,
            { ...held, clientId: 'portal', grantId: 'portal' },
            60,
          ),
        ]);
      const busy: RecordStore = {
        ...records,
        drop: async (kind, where) => {
          await makeToken();
          const dropped = await records.drop(kind, where);
          await makeToken();
          return dropped;
        },
      };

      await endOwnApps(busy, 'ending');

      for (const kind of ['AccessToken', 'RefreshToken'])
        expect(await records.find(kind, { clientId: 'portal' }), kind).to.deep.equal([]);
      expect(await adapter('RefreshToken').find('ending-another')).to.be.an('object');
    });

    it('finds a session by its uid, and hides what has expired', async () => {
      const sessions = adapter('Session');
      await sessions.upsert('s', { jti: 's', uid: 'u', accountId: 'asha' }, 60);
      expect(await sessions.findByUid('u')).to.include({ accountId: 'asha' });

      now = Date.now() + 61_000;

      expect(await sessions.find('s')).to.equal(undefined);
      expect(await sessions.findByUid('u')).to.equal(undefined);
      now = Date.now();
    });

    it('keeps a client without end, its secret as a hash', async () => {
      const clients = adapter('Client');
      await clients.upsert('c', { client_id: 'c', client_secret: 'secret' });
      const [first] = (await opened.store.records.find('Client', {})) as {
        client_secret: string;
      }[];
      await clients.upsert('c', { client_id: 'c', client_secret: first!.client_secret });

      expect(first!.client_secret).to.match(/^scrypt\$/);
      expect(await clients.find('c')).to.include({ client_secret: first!.client_secret });
    });
  });
