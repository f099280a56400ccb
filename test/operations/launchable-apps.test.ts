// $launchable-apps: which apps staff can open, and nothing of them that is nobody's business.

import { expect } from 'chai';
import type { Caller } from '#src/access/caller.ts';
import { ownApps } from '#src/access/own-apps.ts';
import { openInside } from '#test/support/rights.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';

interface Part {
  readonly name: string;
  readonly part?: readonly Part[];
  readonly valueString?: string;
  readonly valueUrl?: string;
}

describe('operations/launchable-apps', () => {
  const store = openMemoryStore();
  const inside = openInside(store);
  const common = { client: 'clinician', token: 'token', scopes: ['user/*.cruds'] };
  const dora: Caller = {
    ...{ ...common, role: 'clinician', user: 'dora', fhirUser: 'Practitioner/dora' },
    organization: 'Organization/north',
  };

  before(async () => {
    const put = (id: string, record: object) =>
      store.records.put('Client', id, { client_id: id, ...record });
    await put('heart', {
      ...{ client_name: 'Zoom on Hearts', launch_uri: 'https://heart.example/launch?a=b' },
      ...{ smart_scope: 'launch openid patient/Observation.rs', client_secret: 'a secret' },
      ...{ redirect_uris: ['https://heart.example/back'], jwks_uri: 'https://heart.example/keys' },
      ...{ logo_uri: 'https://heart.example/logo.png', client_uri: 'javascript:alert(1)' },
    });
    await put('alone', { client_name: 'Alone', redirect_uris: ['https://alone.example/'] });
    await put('never', {
      ...{ client_name: 'Never', launch_uri: 'https://never.example/launch' },
      smart_scope: 'openid patient/*.rs',
    });
    await put('bare', { launch_uri: 'http://localhost:9000/launch' });
    for (const { id } of ownApps) await put(id, { launch_uri: 'https://here.example/launch' });
  });

  const ask = async (who: Caller, query = '') => {
    const { status, json, text } = await inside.as(who)('GET', `$launchable-apps${query}`);
    return { status, text, apps: (json as { parameter?: Part[] }).parameter ?? [] };
  };

  it('tells staff the apps that can be launched, by name', async () => {
    const { status, apps } = await ask(dora);
    const clients = apps.map(({ part = [] }) => part[0]?.valueString);

    expect(status).to.equal(200);
    expect(clients).to.deep.equal(['bare', 'heart']);
  });

  it('tells what the gallery shows of an app, and nothing more', async () => {
    const { apps, text } = await ask(dora);

    expect(apps[1]?.part).to.deep.equal([
      { name: 'client', valueString: 'heart' },
      { name: 'name', valueString: 'Zoom on Hearts' },
      { name: 'origin', valueUrl: 'https://heart.example' },
      { name: 'logo', valueUrl: 'https://heart.example/logo.png' },
      { name: 'scope', valueString: 'launch' },
      { name: 'scope', valueString: 'openid' },
      { name: 'scope', valueString: 'patient/Observation.rs' },
    ]);
    expect(text)
      .not.to.contain('secret')
      .and.not.to.contain('javascript')
      .and.not.to.contain('keys');
  });

  it('no longer names an app that was disabled', async () => {
    const heart = (await store.records.take('Client', 'heart')) as object;

    const { text } = await ask(dora);
    await store.records.put('Client', 'heart', heart);

    expect(text).not.to.contain('heart');
  });

  for (const role of ['desk', 'pharmacist', 'biller'] as const)
    it(`answers a ${role}`, async () => {
      expect((await ask({ ...dora, role })).status).to.equal(200);
    });

  for (const role of ['patient', 'proxy', 'system', 'network', 'administrator'] as const)
    it(`refuses a ${role}`, async () => {
      const { status, apps } = await ask({ ...dora, role, patient: '1' });

      expect([status, apps]).to.deep.equal([403, []]);
    });

  it('takes no parameters', async () => {
    expect((await ask(dora, '?name=heart')).status).to.equal(400);
  });
});
