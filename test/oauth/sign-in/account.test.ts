// The account pages: who may see them, and what can be changed there.

import { expect } from 'chai';
import type { TOTP } from 'otpauth';
import type { Browser, Shown } from '../support/browser.ts';
import { launch } from '../support/launch.ts';
import { recordId } from '#src/oauth/record-id.ts';
import { openWorld, password, type World } from '../support/world.ts';
import { codeOf, codesOn, hiddenValue, titleOf, totpOn } from './support.ts';

describe('the account pages', () => {
  let world: World;
  let browser: Browser;
  let page: Shown;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const signInToAccount = async (one: Browser, user: string, secret = password): Promise<Shown> => {
    const first = await one.open('/oauth/account');
    return one.submit(first, '/login', { username: user, password: secret });
  };

  it('ask to sign in first, and come back without asking for consent', async () => {
    browser = world.browser();
    page = await signInToAccount(browser, 'asha');

    expect(titleOf(page)).to.equal('Your account – Meridian');
    expect(page.text).to.include('Signed in as Asha Rao (asha)');
    expect(new URL(page.address).search).to.equal('');
  });

  it('warn before the session ends for want of use, and let one stay', async () => {
    expect(page.text).to.match(/<dialog[^>]*data-idle="1800"[^]*Stay signed in/);
    expect((await browser.send('/oauth/account/stay', {})).status).to.equal(204);
    expect((await world.browser().send('/oauth/account/stay', {})).status).to.equal(401);
  });

  it('change the password for who knows the old one, and keep this browser signed in', async () => {
    const other = world.browser();
    await signInToAccount(other, 'asha');
    const wrong = await browser.submit(page, '/account/password', {
      ...{ current: 'wrong', password: 'copper kettle moon' },
    });
    const weak = await browser.submit(page, '/account/password', {
      ...{ current: password, password: 'Asha Rao 1234' },
    });
    const done = await browser.submit(page, '/account/password', {
      ...{ current: password, password: 'copper kettle moon' },
    });

    expect(wrong.text).to.include('The current password is not right.');
    expect(weak.text).to.include('must not be your name');
    expect(titleOf(done)).to.equal('Your account – Meridian');
    expect(done.text).to.include('Your password was changed');
    expect(titleOf(await other.open('/oauth/account'))).to.equal('Sign in – Meridian');
    const again = await signInToAccount(world.browser(), 'asha', 'copper kettle moon');
    expect(titleOf(again)).to.equal('Your account – Meridian');
  });

  it('show where one is signed in, and sign out everywhere else', async () => {
    const other = world.browser();
    await signInToAccount(other, 'asha', 'copper kettle moon');

    const listed = await browser.open('/oauth/account');
    const done = await browser.submit(listed, '/account/sessions/end', {});

    expect(listed.text).to.include('This browser').and.include('Another browser');
    expect(done.text).not.to.include('Another browser');
    expect(titleOf(await other.open('/oauth/account'))).to.equal('Sign in – Meridian');
  });

  it('lead to the apps that are for the user, and to no others', async () => {
    const dora = world.browser();
    await signInToAccount(dora, 'dora', password);

    const forPatient = (await browser.open('/oauth/account')).text;
    const forClinician = (await dora.open('/oauth/account')).text;

    expect(forPatient).to.include('href="/apps/portal/"').and.not.include('/apps/clinician/');
    expect(forClinician).to.include('href="/apps/clinician/"').and.not.include('/apps/portal/');
  });

  it('list the apps with access and take it back', async () => {
    const client = await world.addClient({
      ...{
        client_name: 'Heart <diary>',
        smart_scope: 'launch/patient patient/*.rs offline_access',
      },
    });
    const scope = 'launch/patient patient/Observation.rs offline_access';
    const { body } = await launch(world, { client, scope, user: 'dora' });
    const dora = world.browser();
    await signInToAccount(dora, 'dora');
    const listed = await dora.open('/oauth/account');

    const done = await dora.submit(listed, '/account/apps/revoke', { client });

    expect(listed.text).to.include('Heart &#60;diary&#62;').and.include('patient/Observation.rs');
    expect(done.text).to.include('No app has access').and.include('has no access any more');
    const refreshed = await fetch(`${world.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'refresh_token', client_id: client, refresh_token: body.refresh_token },
      }),
    });
    expect(refreshed.status).to.equal(400);
    const read = await fetch(`${world.base}/Observation`, {
      headers: { authorization: `Bearer ${String(body.access_token)}` },
    });
    expect(read.status).to.equal(401);
  });

  it('do not take back what is another user’s', async () => {
    const client = await world.addClient({ smart_scope: 'launch/patient patient/*.rs' });
    const { body } = await launch(world, {
      ...{ client, scope: 'launch/patient patient/Patient.rs', user: 'dora' },
    });

    await browser.send('/oauth/account/apps/revoke', { client });

    const read = await fetch(`${world.base}/Patient/asha`, {
      headers: { authorization: `Bearer ${String(body.access_token)}` },
    });
    expect(read.status).to.equal(200);
  });

  describe('with a second factor', () => {
    let totp: TOTP;

    it('add an authenticator app and give recovery codes', async () => {
      const enrol = await browser.open('/oauth/account/factors/new');
      totp = totpOn(enrol);
      const wrong = await browser.submit(enrol, '/factors/new', { code: '000000' });
      const codes = await browser.submit(enrol, '/factors/new', { code: codeOf(totp, -1) });
      const account = await browser.submit(codes, '/factors/kept', {});

      expect(wrong.status).to.equal(400);
      expect(codesOn(codes)).to.have.length(10);
      expect(account.text).to.include('Authenticator app').and.include('10 recovery codes');
    });

    it('ask for it at the next sign-in', async () => {
      const other = world.browser();
      const factor = await signInToAccount(other, 'asha', 'copper kettle moon');
      const account = await other.submit(factor, '/factor', { code: codeOf(totp) });

      expect(titleOf(account)).to.equal('Your account – Meridian');
    });

    it('make new recovery codes, and the old ones end', async () => {
      const listed = await browser.open('/oauth/account');
      const [old] = codesOn(await browser.submit(listed, '/factors/codes', {}));
      const [fresh] = codesOn(await browser.submit(listed, '/factors/codes', {}));
      const other = world.browser();
      const factor = await signInToAccount(other, 'asha', 'copper kettle moon');

      const refused = await other.submit(factor, '/factor', { recovery: old! });
      const passed = await other.submit(factor, '/factor', { recovery: fresh! });

      expect(refused.status).to.equal(401);
      expect(titleOf(passed)).to.equal('Your account – Meridian');
      expect(passed.text).to.include('9 recovery codes');
    });

    it('remove it', async () => {
      const listed = await browser.open('/oauth/account');
      const factor = hiddenValue(listed, 'factor');

      const done = await browser.submit(listed, '/factors/remove', { factor });

      expect(done.text).to.include('There is none yet.');
    });

    it('want a recent sign-in for it', async () => {
      const { records } = world.context.store;
      const id = idOfSession(browser);
      const session = (await records.get('Session', id)) as { readonly loginTs: number };
      // As if the sign-in had been twenty minutes ago, and the page in use since.
      await records.replace(
        'Session',
        id,
        { ...session, loginTs: session.loginTs - 1200 },
        session,
      );

      const enrol = await browser.open('/oauth/account/factors/new');
      const back = await browser.submit(enrol, '/login', {
        ...{ username: 'asha', password: 'copper kettle moon' },
      });

      expect(titleOf(enrol)).to.equal('Sign in – Meridian');
      expect(titleOf(back)).to.equal('Set up a second step – Meridian');
    });
  });

  it('ask to sign in again after nothing was done for half an hour', async () => {
    const { records } = world.context.store;
    const one = world.browser();
    await signInToAccount(one, 'sam');
    const id = idOfSession(one);
    const session = (await records.get('Session', id)) as { readonly loginTs: number };
    const old = { ...session, loginTs: session.loginTs - 3600 };
    await records.replace('Session', id, old, session);
    const inUse = await one.open('/oauth/account');
    await records.drop('session-use', {});

    const idle = await one.open('/oauth/account');

    expect(titleOf(inUse)).to.equal('Your account – Meridian');
    expect(titleOf(idle)).to.equal('Sign in – Meridian');
    expect(await records.get('Session', id)).to.be.undefined;
  });

  describe('at the end', () => {
    it('sign out', async () => {
      const listed = await browser.open('/oauth/account');

      const out = await browser.submit(listed, '/account/sign-out', {});

      expect(titleOf(out)).to.equal('You are signed out – Meridian');
      expect(titleOf(await browser.open('/oauth/account'))).to.equal('Sign in – Meridian');
    });

    it('take no form of another site', async () => {
      const answer = await fetch(`${world.url}/oauth/account/sign-out`, {
        ...{ method: 'POST', headers: { 'sec-fetch-site': 'cross-site' }, redirect: 'manual' },
      });

      expect(answer.status).to.equal(403);
    });
  });
});

describe('the account pages of staff who need a second factor', () => {
  let world: World;
  before(async () => {
    world = await openWorld({ env: { MFA_STAFF: 'required' } });
  });
  after(() => world.close());

  it('do not remove the last one', async () => {
    const browser = world.browser();
    const first = await browser.open('/oauth/account');
    const enrol = await browser.submit(first, '/login', { username: 'dora', password });
    const totp = totpOn(enrol);
    const codes = await browser.submit(enrol, '/enrol', { code: codeOf(totp) });
    const account = await browser.submit(codes, '/enrol/codes', {});

    expect(titleOf(account)).to.equal('Your account – Meridian');
    expect(account.text).to.include('Authenticator app').and.not.include('/factors/remove');
    const refused = await browser.send('/oauth/account/factors/remove', { factor: 'any' });
    expect(refused.status).to.equal(403);
  });
});

const idOfSession = (browser: Browser): string => {
  const cookie = [...browser.cookies.values()].find(({ name }) => name === '_session');
  return recordId(cookie?.value ?? '');
};
