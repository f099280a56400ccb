// Somebody who works for several hospitals says at sign-in for which one; the token acts for that one and no other.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#fhir-context

import { expect } from 'chai';
import { ownApp } from '#src/access/own-apps.ts';
import { unrestricted } from '#src/access/permit.ts';
import type { User } from '#src/access/user.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { parseJson } from '#src/fhir/json.ts';
import { worksForRole } from '#src/oauth/grant-context.ts';
import { createUsers } from '#src/oauth/users/users.ts';
import { newId } from '#src/platform/ids.ts';
import { describeOnStores } from '../support/server.ts';
import { authorize, launch, newVerifier, post, refresh } from './support/launch.ts';
import { openWithToken } from './support/own-app.ts';
import { openWorld, password, type World } from './support/world.ts';

const scope = 'openid fhirUser online_access user/*.cruds';
const north = 'Organization/north';
const south = 'Organization/south';
const worksFor = (reference: string) => [{ reference, role: worksForRole }];

describeOnStores('work for one hospital of several', (store) => {
  let world: World;
  let client: string;
  let noor: User;
  before(async () => {
    world = await openWorld({ store });
    client = await world.addClient({ launch_uri: 'https://app.example/launch' });
    const users = createUsers({ records: world.context.store.records, now: Date.now, newId });
    noor = await users.create({
      ...{ username: 'noor', name: 'Noor of Two', role: 'clinician', password },
      ...{ fhirUser: 'Practitioner/noor', organization: north },
    });
    await put({ resourceType: 'Practitioner', id: 'noor' }, north);
    await put(observation('of-north'), north);
    await put({ resourceType: 'Patient', id: 'sunil', name: [{ family: 'Only South' }] }, south);
    await put({ ...observation('of-south'), subject: { reference: 'Patient/sunil' } }, south);
  });
  beforeEach(() => engage());
  after(() => world.close());

  const put = async (body: Resource & { readonly id: string }, custodian: string) => {
    const { context, base } = world;
    const path = `${body.resourceType}/${body.id}`;
    const document = parseJson(JSON.stringify(body), 64) as never;
    await context.dispatch(
      { method: 'PUT', path, query: [], headers: {}, body: document, base },
      { ...unrestricted, custodian },
    );
  };
  const observation = (id: string) => ({
    ...{ resourceType: 'Observation', id, status: 'final', code: { text: 'pulse' } },
    subject: { reference: 'Patient/asha' },
  });
  /** Noor works for South, too. */
  const engage = (more: object = {}, custodian = south) =>
    put(
      {
        ...{ resourceType: 'PractitionerRole', id: 'noor-at-south', active: true },
        practitioner: { reference: 'Practitioner/noor' },
        ...{ organization: { reference: south } },
        ...more,
      },
      custodian,
    );
  const wishes = (more: object = {}) => ({ client, scope, user: 'noor', ...more });
  const tokenFor = async (organization: string): Promise<string> =>
    (await launch(world, wishes({ organization }))).body.access_token;
  const ask = async (token: string, path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' };
    const answered = await fetch(`${world.base}/${path}`, { ...init, headers });
    const text = await answered.text();
    return { status: answered.status, text, json: (text && JSON.parse(text)) || undefined };
  };

  it('is asked on a page that names those and no other', async () => {
    const { text } = await authorize(world, wishes(), newVerifier());

    expect(text).to.include('Which hospital?').and.include('Noor of Two');
    expect(
      [...text.matchAll(/name="organization"\s+value="([^"]+)"/g)].map(([, it]) => it),
    ).to.deep.equal([north, south]);
  });

  it('is not asked of who works for one, nor where the second role has ended', async () => {
    const dora = await launch(world, wishes({ user: 'dora' }));
    await engage({ active: false });
    const inactive = await launch(world, wishes());
    await engage({ period: { end: '2020-01-01' } });
    const over = await launch(world, wishes());

    for (const { body } of [dora, inactive, over])
      expect(body.fhirContext).to.deep.equal(worksFor(north));
  });

  it('is not offered where it is another hospital that says so', async () => {
    await engage({ active: false });
    await engage({ id: 'noor-says-north' }, north);
    const { body } = await launch(world, wishes());

    expect(body.fhirContext).to.deep.equal(worksFor(north));
  });

  it('is told beside the token and by introspection, and stays at a refresh', async () => {
    const { body } = await launch(world, wishes({ organization: south }));
    const told = await post(
      world,
      '/token/introspection',
      { token: body.access_token },
      { authorization: `Bearer ${body.access_token}` },
    );
    const refreshed = await refresh(world, client, body.refresh_token);

    expect(body.fhirContext).to.deep.equal(worksFor(south));
    expect(told.body).to.deep.include({ active: true, fhirContext: worksFor(south) });
    expect(told.body).not.to.have.property('caller');
    expect(refreshed.body.fhirContext).to.deep.equal(worksFor(south));
    expect((await ask(refreshed.body.access_token, 'Observation/of-south')).status).to.equal(200);
  });

  it('shows what that hospital keeps and nothing of the other, also not in numbers', async () => {
    for (const [organization, seen, hidden] of [
      [north, 'of-north', 'of-south'],
      [south, 'of-south', 'of-north'],
    ] as const) {
      const token = await tokenFor(organization);
      const found = await ask(token, 'Observation?_total=accurate');
      const count = await ask(token, 'Observation?_summary=count');

      expect(found.text).to.include(seen).and.not.include(hidden);
      expect([found.json.total, count.json.total]).to.deep.equal([1, 1]);
      expect((await ask(token, `Observation/${hidden}`)).status).to.equal(404);
      expect((await ask(token, `Observation/${hidden}/_history`)).status).to.equal(404);
      expect((await ask(token, `Observation?_id=${hidden}`)).json).not.to.have.property('entry');
    }
  });

  it('is in whose name is written, and what the audit says', async () => {
    const token = await tokenFor(south);
    const body = JSON.stringify({ ...observation('new'), subject: { reference: 'Patient/sunil' } });
    const created = await ask(token, 'Observation', { method: 'POST', body });
    await world.context.settleAudit?.();
    const { resources } = world.context.store;
    const [kept] = await resources.read([{ type: 'Observation', id: created.json.id }]);
    const plan = { op: 'type', types: ['AuditEvent'] } as const;
    const { items } = await resources.search(plan, { sort: [], size: 1000 });
    const written = items.filter(({ text }) => text.includes(`Observation/${created.json.id}`));

    expect(kept?.custodian).to.equal(south);
    expect(written).to.have.length(1);
    expect(written[0]!.text).to.include(south).and.not.include(north);
  });

  it('takes no hospital that is not theirs, from the form or from the request', async () => {
    const browser = world.browser();
    const page = await authorize(world, wishes({ browser }), newVerifier());
    await put(
      { resourceType: 'Organization', id: 'west', ...{ name: 'West' } },
      'Organization/west',
    );
    for (const organization of ['Organization/west', 'north', '', 'Patient/asha'])
      expect((await browser.submit(page, '/workplace', { organization })).text, organization) //
        .to.include('Which hospital?');
    const none = await browser.submit(page, '/workplace', {});
    const asked = await authorize(
      world,
      wishes({ parameters: { organization: south, workplace: south } }),
      newVerifier(),
    );

    expect(none.text).to.include('Which hospital?');
    expect(asked.text).to.include('Which hospital?');
  });

  it('cannot be skipped by answering a later page', async () => {
    const browser = world.browser();
    const page = await authorize(world, wishes({ browser }), newVerifier());
    const address = page.address.replace(/\/$/, '');

    for (const [name, form] of [
      ['consent', { scope: 'user/*.cruds' }],
      ['patient', { patient: 'asha' }],
    ] as const) {
      const shown = await browser.send(`${address}/${name}`, form);

      expect(shown.left, name).to.equal(undefined);
      expect(shown.text, name).to.include('Which hospital?');
    }
  });

  it('is over with the role: at the next request, at the next refresh, and on the next page', async () => {
    const { body } = await launch(world, wishes({ organization: south }));
    const before = await ask(body.access_token, 'Observation/of-south');
    const browser = world.browser();
    const page = await authorize(world, wishes({ browser }), newVerifier());
    const chosen = await browser.submit(page, '/workplace', { organization: south });
    await engage({ active: false });

    const after = await ask(body.access_token, 'Observation/of-south');
    const refreshed = await refresh(world, client, body.refresh_token);
    const late = await browser.submit(chosen, '/consent', { scope: 'user/*.cruds' });

    expect([before.status, after.status]).to.deep.equal([200, 403]);
    expect([refreshed.status, refreshed.body.error]).to.deep.equal([400, 'invalid_grant']);
    expect(late.left?.searchParams.get('error')).to.equal('access_denied');
    expect(late.left?.searchParams.get('code')).to.equal(null);
  });

  it('settles whose patients the picker finds', async () => {
    const patients = { scope: 'launch/patient patient/*.rs', patient: 'sunil' };
    const found = async (organization: string): Promise<string> => {
      const browser = world.browser();
      const page = await authorize(world, wishes({ browser, ...patients }), newVerifier());
      const picker = await browser.submit(page, '/workplace', { organization });
      return (await browser.open(`${picker.address}?name=south&identifier=&birthdate=`)).text;
    };

    expect(await found(south)).to.include('Only South');
    expect(await found(north)).not.to.include('Only South');
  });

  it('is asked again at each launch, and of nobody by prompt=none, which goes on with the one of before', async () => {
    const browser = world.browser();
    await launch(world, wishes({ browser, organization: south }));
    const again = await authorize(world, wishes({ browser }), newVerifier());
    const silent = { browser, parameters: { prompt: 'none' } };
    const { body } = await launch(world, wishes(silent));
    await engage({ active: false });
    const ended = await authorize(world, wishes(silent), newVerifier());

    expect(again.text).to.include('Which hospital?');
    expect(body.fhirContext).to.deep.equal(worksFor(south));
    expect(ended.left?.searchParams.get('error')).to.equal('interaction_required');
  });

  it('comes with an EHR launch, which asks nothing', async () => {
    const token = await tokenFor(south);
    const parameter = [
      { name: 'client', valueString: client },
      { name: 'patient', valueString: 'sunil' },
    ];
    const opened = await ask(token, '$smart-launch', {
      method: 'POST',
      body: JSON.stringify({ resourceType: 'Parameters', parameter }),
    });
    const id = new URL(opened.json.parameter[0].valueUrl).searchParams.get('launch')!;
    const { body } = await launch(
      world,
      wishes({ scope: 'launch patient/*.rs', parameters: { launch: id } }),
    );

    expect(body).to.deep.include({ patient: 'sunil', fhirContext: worksFor(south) });
    expect((await ask(body.access_token, 'Observation')).text).to.include('of-south');
  });

  it('is refused for an EHR launch by a hospital where the person does not work', async () => {
    const url = await world.context.openLaunch({ client, organization: 'Organization/west' });
    const id = new URL(url!).searchParams.get('launch')!;
    const end = await authorize(
      world,
      wishes({ scope: 'launch user/*.rs', parameters: { launch: id } }),
      newVerifier(),
    );

    expect(end.left?.searchParams.get('error')).to.equal('access_denied');
  });

  it('is not asked of who is in an app as a patient or proxy, nor of who only says who they are', async () => {
    const { records } = world.context.store;
    await records.put('user', noor.id, { ...noor, relatedPersons: ['RelatedPerson/asha-for-ben'] });
    const portal = await openWithToken(world, {
      ...{ app: ownApp('portal')!, user: 'noor', patient: 'ben' },
      scope: 'openid fhirUser launch/patient patient/*.rs',
    });
    await records.put('user', noor.id, noor);
    const named = await launch(world, wishes({ scope: 'openid fhirUser' }));

    expect(portal.body).to.include({ patient: 'ben' }).and.not.have.property('fhirContext');
    expect(named.status).to.equal(200);
  });

  it('is not to be chosen by who was signed in by one hospital, which says so for itself only', async () => {
    const { records } = world.context.store;
    await records.put('federated-user', 'of-noor', {
      user: noor.id,
      issuer: 'https://n',
      sub: 's',
    });
    const { body } = await launch(world, wishes());
    await records.take('federated-user', 'of-noor');

    expect(body.fhirContext).to.deep.equal(worksFor(north));
  });
});
