// The sign-in pages in a real browser: accessible, whole on a phone, by keyboard alone, without scripts, and with passkeys.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { TOTP } from 'otpauth';
import { createIdentityProviders } from '#src/oauth/federation/identity-providers.ts';
import { createInvitations } from '#src/oauth/users/invitations.ts';
import { createVault } from '#src/platform/vault.ts';
import { createUsers } from '#src/oauth/users/users.ts';
import { newId } from '#src/platform/ids.ts';
import { authorizeUrl, newVerifier } from '../oauth/support/launch.ts';
import { openWorld, password, type World } from '../oauth/support/world.ts';
import { watchedLog } from '../oauth/sign-in/support.ts';
import { openBrowser } from '../support/browser.ts';
import { checkPage } from './support/check-page.ts';

const signInButton = 'button:text-is("Sign in")';

describe('the sign-in pages in a browser', function () {
  this.timeout(120_000);
  let world: World;
  let browser: Browser;
  let client: string;
  let dataDir: string;
  const complaints: string[] = [];
  /** What was opened; where no browser starts, nothing was. */
  const closers: (() => Promise<void>)[] = [];

  before(async function () {
    browser = await openBrowser(this);
    closers.push(() => browser.close());
    dataDir = await mkdtemp(join(tmpdir(), 'meridian-pages-'));
    closers.push(() => rm(dataDir, { recursive: true, force: true }));
    world = await openWorld({
      dataDir,
      host: 'localhost',
      env: { MFA_STAFF: 'required' },
      log: watchedLog().log,
    });
    closers.push(() => world.close());
    client = await world.addClient({ client_name: 'Heart Diary', smart_scope: 'openid fhirUser' });
    await addHospital(world);
  });
  after(async () => {
    for (const close of closers.toReversed()) await close();
  });

  const newPage = async (options: { javaScriptEnabled?: boolean } = {}): Promise<Page> => {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    // What the content security policy stops, and what our own scripts stumble over, is said on the console.
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    return page;
  };
  const openApp = (page: Page): Promise<unknown> =>
    page.goto(authorizeUrl(world, { client, scope: 'openid' }, newVerifier()));
  const signIn = async (page: Page, user: string): Promise<void> => {
    await page.fill('#username', user);
    await page.fill('#password', password);
    await page.click(signInButton);
  };

  describe('look right and can be used by everybody:', () => {
    let page: Page;
    let totp: TOTP;

    it('sign-in', async () => {
      page = await newPage();
      await openApp(page);

      await checkPage(page, 'sign-in');
      expect(await page.isVisible('text="Use a passkey"')).to.be.true;
    });

    it('sign-in with a fault', async () => {
      await page.fill('#username', 'dora');
      await page.fill('#password', 'wrong');
      await page.click(signInButton);

      await checkPage(page, 'sign-in-fault');
      expect(await page.evaluate('document.activeElement.id')).to.equal('errors');
      expect(await page.inputValue('#username')).to.equal('dora');
    });

    it('setting up a second step', async () => {
      await signIn(page, 'dora');

      await checkPage(page, 'enrol');
      const shown = (await page.textContent('code')) ?? '';
      totp = new TOTP({ secret: shown.replaceAll(' ', '') });
    });

    it('recovery codes', async () => {
      await page.fill('#code', totp.generate());
      await page.click('text="Confirm"');

      await checkPage(page, 'recovery-codes');
    });

    it('consent', async () => {
      await page.click('text="I have kept them"');

      await checkPage(page, 'consent');
    });

    it('the second step', async () => {
      page = await newPage();
      await openApp(page);
      await signIn(page, 'dora');

      await checkPage(page, 'factor');
    });

    it('the account', async () => {
      page = await newPage();
      await page.goto(`${world.url}/oauth/account`);
      await signIn(page, 'asha');
      await page.waitForURL('**/account');

      await checkPage(page, 'account');
    });

    it('the account with its dialog', async () => {
      await page.evaluate("document.querySelector('dialog').showModal()");

      await checkPage(page, 'account-idle');
      await page.click('text="Stay signed in"');
      await page.waitForSelector('dialog', { state: 'hidden' });
    });

    it('adding a second step', async () => {
      await page.click('text="Add a second step"');

      await checkPage(page, 'enrol-chosen');
    });

    it('signed out', async () => {
      await page.click('text="Sign out"');

      await checkPage(page, 'signed-out');
    });

    for (const [name, path] of [
      ['help', '/help'],
      ['old-link', '/reset?token=x'],
      ['lost', '/interaction/unknown/login'],
      ['forgotten', '/forgotten'],
    ] as const)
      it(name, async () => {
        await page.goto(`${world.url}/oauth${path}`);

        await checkPage(page, name);
      });

    it('the message is on its way', async () => {
      await page.fill('#username', 'nobody');
      await page.click('text="Send it"');

      await checkPage(page, 'sent');
    });

    it('an invitation', async () => {
      await page.goto(await invite(world, 'lina'));

      await checkPage(page, 'invitation');
    });

    it('a hospital that cannot be reached', async () => {
      await openApp(page);
      await page.click('text="Sign in with St. Mary’s Hospital"');

      await checkPage(page, 'unreachable');
    });

    it('too many attempts', async () => {
      await openApp(page);
      for (let i = 0; i < 7; i += 1) {
        await page.fill('#username', 'carla');
        await page.fill('#password', 'guess');
        await page.click(signInButton);
      }

      await checkPage(page, 'slowed-down');
      expect(await page.textContent('#errors')).to.match(/Try again in \d+ seconds/);
    });
  });

  it('warn two minutes before the time is over, let one stay, and end without an answer', async () => {
    const page = await newPage();
    await page.clock.install();
    await page.goto(`${world.url}/oauth/account`);
    await signIn(page, 'asha');
    await page.waitForURL('**/account');

    await page.clock.fastForward('27:50');
    expect(await page.isVisible('dialog')).to.be.false;
    await page.clock.fastForward('00:20');
    await page.click('text="Stay signed in"');
    await page.waitForSelector('dialog', { state: 'hidden' });
    await page.clock.fastForward('28:10');
    await page.waitForSelector('dialog');
    await page.clock.fastForward('02:00');

    await page.waitForSelector('h1:has-text("You are signed out")');
    await page.goto(`${world.url}/oauth/account`);
    await page.waitForSelector('h1:has-text("Sign in")');
  });

  it('can be used by keyboard alone', async () => {
    const page = await newPage();
    await openApp(page);

    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).to.equal(
      'Skip to the content',
    );
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('asha');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');

    await page.waitForSelector('h1:has-text("Heart Diary")');
  });

  it('can be used without scripts', async () => {
    const page = await newPage({ javaScriptEnabled: false });
    await openApp(page);
    expect(await page.isVisible('text="Use a passkey"')).to.be.false;

    await signIn(page, 'asha');

    await page.waitForSelector('h1:has-text("Heart Diary")');
  });

  it('let a password be pasted and filled in by the browser', async () => {
    const page = await newPage();
    await openApp(page);

    const fields = await page.$$eval('input:not([type=hidden])', (all) =>
      (all as unknown as { autocomplete: string; hasAttribute(name: string): boolean }[]).map(
        (input) => [input.autocomplete, input.hasAttribute('onpaste')],
      ),
    );
    expect(fields).to.deep.equal([
      ['username', false],
      ['current-password', false],
    ]);
  });

  it('choose a password from an invitation and come in with it', async () => {
    const page = await newPage();
    await page.goto(await invite(world, 'noor'));
    await page.fill('#password', 'ladder cloud violin');
    await page.click('text="Save the password"');
    await page.click('main >> text="Sign in"');
    await page.fill('#username', 'noor');
    await page.fill('#password', 'ladder cloud violin');
    await page.click(signInButton);

    await page.waitForSelector('h1:has-text("Your account")');
  });

  describe('with passkeys', () => {
    let page: Page;

    it('make one as the second step, and use it as such', async () => {
      page = await newPage();
      await addAuthenticator(page);
      await openApp(page);
      await signIn(page, 'sam');
      await page.click('text="Create a passkey"');
      await page.click('text="I have kept them"');
      await page.waitForSelector('h1:has-text("Heart Diary")');
      await forgetSession(page);

      await openApp(page);
      await signIn(page, 'sam');
      await page.click('text="Use your passkey"');

      await page.waitForSelector('h1:has-text("Heart Diary")');
    });

    it('sign in with it alone, without a name or password', async () => {
      await forgetSession(page);
      await openApp(page);
      await page.click('text="Use a passkey"');

      await page.waitForSelector('h1:has-text("Heart Diary")');
      const rows = (await world.context.store.records.find('Session', {
        accountId: world.users.sam.id,
      })) as { amr: string[] }[];
      expect(rows.some(({ amr }) => amr.includes('mfa') && !amr.includes('pwd'))).to.be.true;
    });

    it('do not take an answer twice', async () => {
      await forgetSession(page);
      await openApp(page);
      const request = page.waitForRequest(
        (sent) => sent.method() === 'POST' && sent.url().endsWith('/passkey'),
      );
      await page.click('text="Use a passkey"');
      const sent = await request;
      await page.waitForSelector('h1:has-text("Heart Diary")');
      await forgetSession(page);
      await openApp(page);
      const base = page.url().replace(/\/login$/, '');

      const answer = await page.request.post(`${base}/passkey`, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        data: sent.postData() ?? '',
      });

      expect(answer.status()).to.equal(401);
    });

    it('say it when there is none', async () => {
      const other = await newPage();
      await addAuthenticator(other);
      await openApp(other);
      await other.click('text="Use a passkey"');

      await other.waitForFunction("document.querySelector('[role=alert]').textContent !== ''");
      expect(await other.textContent('form[data-passkey] [role=alert]')).to.include(
        'No passkey was used',
      );
    });
  });

  it('never made the browser complain', () => {
    expect(complaints).to.deep.equal([]);
  });
});

/** A key that is in the device, with a finger on it. */
const addAuthenticator = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
};

const forgetSession = (page: Page): Promise<void> =>
  page.context().clearCookies({ name: /^_session/ });

const addHospital = async (world: World): Promise<void> => {
  const { records } = world.context.store;
  const { hex } = (await records.get('key', 'vault')) as { hex: string };
  await createIdentityProviders(records, createVault(Buffer.from(hex, 'hex'))).save({
    ...{ id: 'st-mary', name: 'St. Mary’s Hospital', issuer: 'http://localhost:9' },
    ...{ clientId: 'meridian', clientSecret: 'secret', organization: 'Organization/north' },
    ...{ link: { claim: 'employee', system: 'https://x.example' }, standardRole: 'clinician' },
  });
};

const invite = async ({ context, url }: World, username: string): Promise<string> => {
  const { records } = context.store;
  const users = createUsers({ records, now: Date.now, newId });
  const invitations = createInvitations({
    ...{ users, records, now: Date.now, publicUrl: url },
    send: () => Promise.resolve('nowhere'),
  });
  const draft = { username, name: 'Noor Patel', role: 'patient' } as const;
  return (await invitations.invite(draft)).link;
};
