// Signing in from end to end: password, second factor, and what each attempt tells or does not tell.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { TOTP } from 'otpauth';
import type { Browser, Shown } from '../support/browser.ts';
import { openWorld, password, type World } from '../support/world.ts';
import {
  codeOf,
  codesOn,
  hiddenValue,
  openApp,
  outboxOf,
  signIn,
  titleOf,
  totpOn,
  watchedLog,
} from './support.ts';

describe('signing in', () => {
  let world: World;
  let client: string;
  let dataDir: string;
  const watched = watchedLog();
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'meridian-sign-in-'));
    world = await openWorld({ dataDir, env: { MFA_STAFF: 'required' }, log: watched.log });
    client = await world.addClient({ smart_scope: 'openid fhirUser' });
  });
  after(async () => {
    await world.close();
    await rm(dataDir, { recursive: true });
  });

  it('shows a page that names the app and asks for name and password', async () => {
    const page = await openApp(world, world.browser(), client);

    expect(page.status).to.equal(200);
    expect(titleOf(page)).to.equal('Sign in – Meridian');
    expect(page.text).to.include('Trial app');
    expect(page.headers.get('content-security-policy')).to.match(
      /default-src 'none'.*form-action 'self' https:\/\/app\.example;/,
    );
    expect(page.headers.get('cache-control')).to.equal('no-store');
  });

  it('lets a patient in by password alone', async () => {
    const page = await signIn(world, world.browser(), { client, user: 'ASHA' });

    expect(page.text).to.include('/consent"');
  });

  it('answers a wrong password and an unknown name alike', async () => {
    const wrong = await signIn(world, world.browser(), { client, user: 'asha', secret: 'x' });
    const unknown = await signIn(world, world.browser(), { client, user: 'nobody', secret: 'x' });

    expect([wrong.status, unknown.status]).to.deep.equal([401, 401]);
    const plain = ({ text }: Shown): string =>
      text.replaceAll(/interaction\/[\w-]+|from=[\w-]+|value="[^"]*"/g, '');
    expect(plain(wrong)).to.equal(plain(unknown));
    expect(titleOf(wrong)).to.match(/^Error: /);
    expect(wrong.text).to.match(/aria-invalid="true"/);
  });

  it('asks for what is missing', async () => {
    const page = await signIn(world, world.browser(), { client, user: '', secret: '' });

    expect(page.status).to.equal(400);
    expect(page.text).to.include('Type your user name.').and.include('Type your password.');
  });

  it('does not let a disabled user in, and does not say why', async () => {
    const users = world.context.store.records;
    const { id } = world.users.sam;
    const sam = (await users.get('user', id)) as object;
    await users.put('user', id, { ...sam, status: 'disabled' });

    const page = await signIn(world, world.browser(), { client, user: 'sam' });

    expect(page.status).to.equal(401);
    expect(page.text).not.to.include('disabled');
  });

  describe('as staff without a second factor', () => {
    let browser: Browser;
    let totp: TOTP;
    let codes: readonly string[];

    it('has one set up before the sign-in ends', async () => {
      browser = world.browser();
      const page = await signIn(world, browser, { client, user: 'dora' });
      totp = totpOn(page);

      expect(titleOf(page)).to.equal('Set up a second step – Meridian');
      expect(page.text).to.match(/<svg[^]*<\/svg>/);
      const wrong = await browser.submit(page, '/enrol', { code: '000000' });
      expect(wrong.status).to.equal(400);
      expect(totpOn(wrong).secret.base32).to.equal(totp.secret.base32);
      const kept = await browser.submit(wrong, '/enrol', { code: codeOf(totp, -1) });
      codes = codesOn(kept);
      expect(codes).to.have.length(10);
      const next = await browser.submit(kept, '/enrol/codes', {});
      expect(next.text).to.include('/consent"');
    });

    it('is asked for a code from then on, and cannot pass without one', async () => {
      const other = world.browser();
      const page = await signIn(world, other, { client, user: 'dora' });

      expect(titleOf(page)).to.equal('Confirm that it is you – Meridian');
      const refused = await other.submit(page, '/factor', { code: '123456' });
      expect(refused.status).to.equal(401);
      const base = page.address.replace(/\/factor$/, '');
      for (const way of ['/enrol', '/enrol/codes', '/login'])
        expect(titleOf(await other.open(`${base}${way}`))).to.match(/Sign in –/);
    });

    it('passes with a code, once', async () => {
      const code = codeOf(totp);
      const one = world.browser();
      const passed = await one.submit(
        await signIn(world, one, { client, user: 'dora' }),
        '/factor',
        {
          code: `${code.slice(0, 3)} ${code.slice(3)}`,
        },
      );

      expect(passed.text).to.include('/consent"');
      const again = world.browser();
      const replayed = await again.submit(
        await signIn(world, again, { client, user: 'dora' }),
        '/factor',
        { code },
      );
      expect(replayed.status).to.equal(401);
    });

    it('passes with a recovery code, once, also when it is sent twice at the same moment', async () => {
      const browsers = [world.browser(), world.browser()];
      const pages = await Promise.all(
        browsers.map((one) => signIn(world, one, { client, user: 'dora' })),
      );
      const answers = await Promise.all(
        browsers.map((one, at) => one.submit(pages[at]!, '/factor', { recovery: codes[0]! })),
      );

      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 401]);
    });

    it('slows the guessing of codes', async () => {
      const one = world.browser();
      let page = await signIn(world, one, { client, user: 'dora' });
      for (let i = 0; i < 6; i += 1) page = await one.submit(page, '/factor', { code: '111111' });

      expect(page.status).to.equal(429);
      expect(page.headers.get('retry-after')).to.match(/^\d+$/);
    });

    it('keeps the secret of the app and the recovery codes unreadable in the store', async () => {
      const kept = JSON.stringify(await world.context.store.records.find('user', {}));

      expect(kept).not.to.include(totp.secret.base32);
      for (const code of codes) expect(kept).not.to.include(code);
    });
  });

  it('slows attempts on one name from one address, and not those of a browser that is known for it', async () => {
    const records = world.context.store.records;
    const home = world.browser();
    await signIn(world, home, { client, user: 'asha' });
    forgetSession(home);
    const stranger = world.browser();

    let page = await openApp(world, stranger, client);
    for (let i = 0; i < 7; i += 1)
      page = await stranger.submit(page, '/login', { username: 'asha', password: 'guess' });

    expect(page.status).to.equal(429);
    expect(page.text).to.match(/Try again in \d+ seconds/);
    expect((await signIn(world, home, { client, user: 'asha' })).text).to.include('/consent"');
    expect((await stranger.submit(page, '/login', { username: 'asha', password })).status).to.equal(
      429,
    );
    expect(await records.find('throttle', {})).not.to.be.empty;
    await records.drop('throttle', {});
  });

  it('sends an interaction of another browser away', async () => {
    const { address } = await openApp(world, world.browser(), client);

    const page = await world.browser().open(address);

    expect(page.status).to.equal(400);
    expect(titleOf(page)).to.equal('This sign-in has ended – Meridian');
  });

  it('takes no form of another site', async () => {
    const page = await openApp(world, world.browser(), client);

    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
    ]) {
      const answer = await fetch(page.address, {
        ...{ method: 'POST', headers, body: new URLSearchParams({ username: 'asha', password }) },
      });
      expect(answer.status).to.equal(403);
    }
  });

  it('goes back to the app when it is cancelled', async () => {
    const browser = world.browser();
    const page = await openApp(world, browser, client);

    const { left } = await browser.submit(page, '/cancel', {});

    expect(left?.searchParams.get('error')).to.equal('access_denied');
  });

  for (const body of [
    'username=a&username=b&password=c',
    'username[x]=1',
    '%',
    'username=%00&password=x',
  ])
    it(`does not stumble over the form '${body}'`, async () => {
      const browser = world.browser();
      const page = await openApp(world, browser, client);
      const cookie = [...browser.cookies.values()].map(({ name, value }) => `${name}=${value}`);

      const answer = await fetch(page.address, {
        ...{ method: 'POST', body },
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          cookie: cookie.join('; '),
        },
      });

      expect(answer.status).to.be.within(400, 401);
    });

  describe('with a forgotten password', () => {
    const resetLink = (text: string | undefined): string =>
      /https?:\/\/\S+\/oauth\/reset\?token=\S+/.exec(text ?? '')?.[0] ?? '';

    it('gets a link by mail, chooses another and is back where it was', async () => {
      const { records } = world.context.store;
      const asha = (await records.get('user', world.users.asha.id)) as object;
      await records.put('user', world.users.asha.id, { ...asha, email: 'asha@example.org' });
      const browser = world.browser();
      const signInPage = await openApp(world, browser, client);
      const [, from = ''] = /from=([\w-]+)/.exec(signInPage.text) ?? [];

      const asked = await browser.open(`/oauth/forgotten?from=${from}`);
      const sent = await browser.submit(asked, '/forgotten', { username: 'asha', from });
      const letter = await waitForLetter(dataDir, 'asha@example.org');
      const choose = await browser.open(resetLink(letter));
      const token = hiddenValue(choose, 'token');
      const short = await browser.submit(choose, '/reset', { token, from, password: 'short' });
      const done = await browser.submit(short, '/reset', {
        token,
        from,
        password: 'quiet otter lamp',
      });

      expect(titleOf(sent)).to.equal('Look at your mail or phone – Meridian');
      expect(short.status).to.equal(400);
      expect(short.text).to.include('at least 12 characters');
      expect(titleOf(done)).to.equal('Your password was changed – Meridian');
      expect(done.text).to.include(`/oauth/interaction/${from}`);
      const page = await signIn(world, world.browser(), {
        client,
        user: 'asha',
        secret: 'quiet otter lamp',
      });
      expect(page.text).to.include('/consent"');
      expect((await browser.open(resetLink(letter))).status).to.equal(404);
    });

    it('says the same for a name nobody has', async () => {
      const browser = world.browser();
      const asked = await browser.open('/oauth/forgotten');

      const sent = await browser.submit(asked, '/forgotten', { username: 'nobody-at-all' });

      expect(sent.status).to.equal(200);
      expect(titleOf(sent)).to.equal('Look at your mail or phone – Meridian');
    });

    it('takes the code of a text message', async () => {
      const { records } = world.context.store;
      const asha = (await records.get('user', world.users.asha.id)) as object;
      const reachable = { ...asha, email: undefined, phone: '+15550123' };
      await records.put('user', world.users.asha.id, reachable);
      const browser = world.browser();
      const asked = await browser.open('/oauth/forgotten');
      const sent = await browser.submit(asked, '/forgotten', { username: 'asha' });
      const sms = await waitForLetter(dataDir, '+15550123');
      const page = hiddenValue(sent, 'page');

      const wrong = await browser.submit(sent, '/forgotten/code', { page, code: '00000000' });
      const code = /\n(\d{8})/.exec(sms)?.[1] ?? '';
      const choose = await browser.submit(sent, '/forgotten/code', { page, code });

      expect(wrong.status).to.equal(400);
      expect(titleOf(choose)).to.equal('Choose a new password – Meridian');
    });
  });

  it('tells the log no password, code, token or name', () => {
    const text = watched.text();

    expect(text).not.to.match(/quiet otter|seven green|asha@example|token=|\b\d{8} is your/);
  });
});

/** As closing the browser does: what is left is the cookie of the known device. */
const forgetSession = ({ cookies }: Browser): void => {
  for (const [key, { name }] of cookies) if (name.startsWith('_')) cookies.delete(key);
};

const waitForLetter = async (dataDir: string, to: string): Promise<string> => {
  for (let i = 0; i < 1500; i += 1) {
    const letter = (await outboxOf(dataDir)).findLast((text) => text.startsWith(`To: ${to}`));
    if (letter !== undefined) return letter;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`No message to ${to}.`);
};
