// Authentication: a token is asked of the record store each time, and a 401 says no more than RFC 6750 wants.

import { expect } from 'chai';
import { createAuthenticate, createFindCaller, tokenId } from '#src/access/authenticate.ts';
import { Problem } from '#src/fhir/problem.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';

describe('access/authenticate', () => {
  let time = 1_000_000;
  const now = () => time;
  const { records } = openMemoryStore({ now: () => 0 });
  const authenticate = createAuthenticate(createFindCaller({ records, now }), 'http://host/fhir');
  const row = (more: object = {}) => ({
    ...{ clientId: 'app', accountId: 'u1', grantId: 'g1', exp: 2000, scope: 'openid patient/*.rs' },
    extra: {
      caller: { role: 'patient', fhirUser: 'Patient/1', patient: '1', purposes: ['TREAT'] },
    },
    ...more,
  });
  const refusal = async (authorization: string | undefined): Promise<Problem> => {
    try {
      await authenticate(authorization);
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
    throw new Error('It was let in.');
  };
  const challenge = async (authorization: string | undefined) =>
    (await refusal(authorization)).headers['www-authenticate'];

  beforeEach(async () => {
    time = 1_000_000;
    await records.drop('AccessToken', {});
    await records.put('AccessToken', tokenId('abc'), row());
  });

  it('reads who asks from the row of the token', async () => {
    expect(await authenticate('Bearer abc')).to.deep.equal({
      ...{ client: 'app', user: 'u1', grant: 'g1', role: 'patient', fhirUser: 'Patient/1' },
      ...{ patient: '1', purposes: ['TREAT'], scopes: ['openid', 'patient/*.rs'] },
      token: tokenId('abc').slice(0, 16),
    });
  });

  it('takes the scheme in any case', async () => {
    for (const scheme of ['bearer', 'BEARER', 'bEaReR'])
      expect(await authenticate(`${scheme}  abc`)).to.have.property('client', 'app');
  });

  it("knows a system client's own token", async () => {
    const caller = { role: 'system', organization: 'Organization/1' };
    const own = row({ extra: { caller }, accountId: undefined, grantId: undefined });
    await records.put('ClientCredentials', tokenId('sys'), own);

    const found = await authenticate('Bearer sys');

    expect(found).to.include({ role: 'system', organization: 'Organization/1' });
    expect(found).not.to.have.any.keys('user', 'grant');
  });

  it('gives no error code to who sent no token', async () => {
    expect(await challenge(undefined)).to.equal('Bearer realm="http://host/fhir"');
  });

  it('answers 401 with invalid_token to every other token, whatever is wrong with it', async () => {
    for (const wrong of ['Bearer xyz', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer a b', 'abc', '']) {
      const { status, headers, message } = await refusal(wrong);
      expect(status).to.equal(401);
      expect(headers['www-authenticate']).to.include('error="invalid_token"');
      expect(message).to.equal((await refusal('Bearer xyz')).message);
    }
  });

  it('lets nobody in after the time is over, also not who was let in before', async () => {
    await authenticate('Bearer abc');

    time = 2_000_000;

    expect((await refusal('Bearer abc')).status).to.equal(401);
  });

  it('lets nobody in on the next request after the token was revoked', async () => {
    await authenticate('Bearer abc');

    await records.drop('AccessToken', { grantId: 'g1' });

    expect((await refusal('Bearer abc')).status).to.equal(401);
  });

  it('gives the same caller for the same row, and another when the row has changed', async () => {
    const first = await authenticate('Bearer abc');
    expect(await authenticate('Bearer abc')).to.equal(first);

    await records.put('AccessToken', tokenId('abc'), row({ scope: 'patient/Observation.r' }));

    expect((await authenticate('Bearer abc')).scopes).to.deep.equal(['patient/Observation.r']);
  });

  it('takes a row that says no role for no token', async () => {
    await records.put('AccessToken', tokenId('odd'), row({ extra: { caller: { role: 'king' } } }));

    expect((await refusal('Bearer odd')).status).to.equal(401);
  });
});
