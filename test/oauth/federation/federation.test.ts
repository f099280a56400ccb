// Signing in with a hospital's own sign-in: who is let in, as whom, and what is not believed.

import { expect } from 'chai';
import { generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { createIdentityProviders } from '#src/oauth/federation/identity-providers.ts';
import type { IdentityProviderDraft } from '#src/oauth/federation/identity-providers.ts';
import { createVault } from '#src/platform/vault.ts';
import type { User } from '#src/access/user.ts';
import { unrestricted } from '#src/access/permit.ts';
import { parseJson } from '#src/fhir/json.ts';
import { openBrowser, type Browser, type Shown } from '../support/browser.ts';
import { thrown } from '../support/thrown.ts';
import { openWorld, type World } from '../support/world.ts';
import { authorizeUrl, newVerifier } from '../support/launch.ts';
import { openApp, titleOf, watchedLog } from '../sign-in/support.ts';
import { startHospital, type Hospital, type Person } from './hospital.ts';
import { startLiar, type Liar, type Sign } from './liar.ts';

const system = 'https://st-mary.example/staff';

describe('signing in with a hospital', () => {
  let world: World;
  let client: string;
  let hospital: Hospital;
  let liar: Liar;
  const closers: (() => Promise<void>)[] = [];

  before(async () => {
    world = await openWorld({ env: { MFA_STAFF: 'required' }, log: watchedLog().log });
    client = await world.addClient({ smart_scope: 'openid fhirUser' });
    closers.push(() => world.close());
    hospital = await startHospital(`${world.url}/oauth/federated/st-mary/callback`);
    closers.push(() => hospital.close());
    liar = await startLiar('meridian');
    closers.push(() => liar.close());
    const providers = createIdentityProviders(world.context.store.records, await vaultOf(world));
    await providers.save({
      ...{ ...draft, issuer: hospital.issuer },
      ...{ clientId: hospital.clientId, clientSecret: hospital.clientSecret },
    });
    await providers.save({ ...draft, id: 'liar', name: 'Liar', issuer: liar.issuer, domains: [] });
    await storePractitioners(world, [
      { id: 'p1', value: 'E-1' },
      { id: 'p2', value: 'E-2' },
      { id: 'p3', value: 'E-2' },
      { id: 'p4', value: 'E-4', active: false },
      { id: 'p5', value: 'E-5' },
      { id: 'p6', value: 'E-6' },
      { id: 'p7', value: 'E-7' },
    ]);
    // Whoever keeps a Practitioner says which number they have, also one of somebody else.
    await storePractitioners(
      world,
      [
        { id: 's1', value: 'E-1' },
        { id: 's2', value: 'E-1' },
        { id: 's8', value: 'E-8' },
      ],
      'Organization/south',
    );
  });
  after(async () => {
    for (const close of closers) await close();
  });

  const goTo = async (person: Person, browser = world.browser()): Promise<Shown> => {
    hospital.person = person;
    const page = await openApp(world, browser, client);
    return roundTrip(browser, hospital.issuer, page, 'st-mary');
  };
  const userOf = async (sub: string): Promise<User | undefined> => {
    const links = (await world.context.store.records.find('federated-user', { sub })) as {
      user: string;
    }[];
    return (await world.context.store.records.get('user', links[0]?.user ?? '')) as
      User | undefined;
  };

  it('offers a button for it', async () => {
    const { text } = await openApp(world, world.browser(), client);

    expect(text).to.match(
      /href="\/oauth\/interaction\/[\w-]+\/federated\/st-mary"[^>]*>\s*Sign in with St. Mary/,
    );
  });

  it('leads whoever types a user name of its domain there', async () => {
    const browser = world.browser();
    const page = await openApp(world, browser, client);

    const home = await browser.submit(page, '/login', {
      username: 'x@ST-mary.example',
      password: 'p',
    });

    expect(titleOf(home)).to.equal('Sign in at St. Mary – Meridian');
  });

  it('lets in whose number is a practitioner’s, as that practitioner of that hospital', async () => {
    const shown = await goTo({
      ...{ sub: 'u-1', amr: ['pwd', 'mfa'] },
      claims: { employee: 'E-1', groups: ['staff', 'doctors'], name: 'Dr Ines One' },
    });

    expect(shown.text).to.include('/consent"').and.include('Dr Ines One');
    expect(await userOf('u-1')).to.include({
      ...{ fhirUser: 'Practitioner/p1', organization: 'Organization/north', role: 'clinician' },
      status: 'active',
    });
  });

  it('knows the person again by issuer and subject, and takes the role the hospital says now', async () => {
    const known = await userOf('u-1');

    await goTo({
      ...{ sub: 'u-1', amr: ['mfa'] },
      claims: { employee: 'E-99', groups: ['frontdesk'], name: 'Ines One' },
    });

    expect(await userOf('u-1')).to.include({
      id: known?.id,
      role: 'desk',
      fhirUser: 'Practitioner/p1',
    });
  });

  it('makes one account when the first two sign-ins are at once', async () => {
    const claims = { employee: 'E-5', groups: ['doctors'] };

    await Promise.all([
      goTo({ sub: 'u-5', amr: ['mfa'], claims }),
      goTo({ sub: 'u-5', amr: ['mfa'], claims }),
    ]);

    const all = await world.context.store.records.find('user', { fhirUser: 'Practitioner/p5' });
    expect(all).to.have.length(1);
  });

  it('asks for our second step when the hospital does not say that it asked for one', async () => {
    const shown = await goTo({
      ...{ sub: 'u-6', amr: ['pwd'] },
      claims: { employee: 'E-6', groups: ['doctors'] },
    });

    expect(titleOf(shown)).to.equal('Set up a second step – Meridian');
  });

  for (const [what, person, words] of [
    [
      'has a number nobody has',
      { sub: 'a', claims: { employee: 'E-0', groups: ['doctors'] } },
      /no practitioner here/,
    ],
    ['has no number', { sub: 'b', claims: { groups: ['doctors'] } }, /no practitioner here/],
    [
      'has a number of two',
      { sub: 'c', claims: { employee: 'E-2', groups: ['doctors'] } },
      /More than one/,
    ],
    [
      'has a number that only another hospital has given out',
      { sub: 'h', claims: { employee: 'E-8', groups: ['doctors'] } },
      /no practitioner here/,
    ],
    [
      'is out of service',
      { sub: 'd', claims: { employee: 'E-4', groups: ['doctors'] } },
      /no practitioner here/,
    ],
    ['has no role', { sub: 'e', claims: { employee: 'E-7', groups: ['gardeners'] } }, /role/],
    [
      'has a role of no claim',
      { sub: 'f', claims: { employee: 'E-7', groups: 'toString' } },
      /role/,
    ],
    ['does not want to', { sub: 'g', refuses: true }, /did not confirm/],
  ] as readonly (readonly [string, Person, RegExp])[])
    it(`refuses whoever ${what}, and says what to do`, async () => {
      const shown = await goTo(person);

      expect(shown.status).to.equal(403);
      expect(shown.text).to.match(words).and.to.include('Start again');
      expect(await userOf(person.sub)).to.be.undefined;
    });

  it('asks the hospital to ask the person again when the app wants that, and not otherwise', async () => {
    const browser = world.browser();
    const amr = ['pwd', 'mfa'];
    await goTo({ sub: 'u-7', amr, claims: { employee: 'E-7', groups: ['doctors'] } }, browser);
    const promptOf = async (more: string, from = browser): Promise<string | null> => {
      const address = authorizeUrl(world, { client, scope: 'openid' }, newVerifier());
      const page = await from.open(`${address}${more}`);
      const [link] = /\/oauth\/interaction\/[\w-]+\/federated\/st-mary/.exec(page.text) ?? [];
      return (await from.open(link!)).left!.searchParams.get('prompt');
    };

    expect(await promptOf('&prompt=login')).to.equal('login');
    expect(await promptOf('&max_age=0')).to.equal('login');
    expect(await promptOf('', world.browser())).to.equal(null);
  });

  it('does not take an e-mail address for a person', async () => {
    const { records } = world.context.store;
    const asha = (await records.get('user', world.users.asha.id)) as object;
    await records.put('user', world.users.asha.id, { ...asha, email: 'asha@example.org' });

    const shown = await goTo({
      ...{ sub: 'thief', amr: ['mfa'] },
      claims: {
        employee: 'E-0',
        groups: ['doctors'],
        email: 'asha@example.org',
        email_verified: true,
      },
    });

    expect(shown.status).to.equal(403);
  });

  it('does not let in a person whose account was disabled', async () => {
    const { records } = world.context.store;
    const user = await userOf('u-1');
    await records.put('user', user!.id, { ...user, status: 'disabled' });

    const shown = await goTo({
      sub: 'u-1',
      amr: ['mfa'],
      claims: { employee: 'E-1', groups: ['doctors'] },
    });

    expect(shown.status).to.equal(403);
    expect(shown.text).to.include('closed');
  });

  it('does not let a callback be used in another browser, or twice', async () => {
    hospital.person = {
      sub: 'u-7',
      amr: ['mfa'],
      claims: { employee: 'E-7', groups: ['doctors'] },
    };
    const browser = world.browser();
    const page = await openApp(world, browser, client);
    const callback = await callbackOf(browser, hospital.issuer, page, 'st-mary');

    const elsewhere = await world.browser().open(callback.href);
    const again = await browser.open(callback.href);

    expect(titleOf(elsewhere)).to.equal('This sign-in has ended – Meridian');
    expect(again.status).to.equal(403);
  });

  it('says that a hospital cannot be reached', async () => {
    const providers = createIdentityProviders(world.context.store.records, await vaultOf(world));
    await providers.save({
      ...draft,
      id: 'gone',
      name: 'Gone',
      issuer: 'http://127.0.0.1:9',
      domains: [],
    });
    const browser = world.browser();
    const page = await openApp(world, browser, client);

    const shown = await browser.open(page.address.replace('/login', '/federated/gone'));

    expect(shown.status).to.equal(502);
    expect(titleOf(shown)).to.equal('Gone cannot be reached – Meridian');
  });

  it('does not know a hospital that was removed', async () => {
    const providers = createIdentityProviders(world.context.store.records, await vaultOf(world));
    await providers.remove('gone');
    const browser = world.browser();
    const page = await openApp(world, browser, client);

    expect((await browser.open(page.address.replace('/login', '/federated/gone'))).status).to.equal(
      404,
    );
  });

  describe('believes an id_token', () => {
    const tell = async (make: Liar['make']): Promise<Shown> => {
      liar.make = make;
      const browser = world.browser();
      const page = await openApp(world, browser, client);
      return roundTrip(browser, liar.issuer, page, 'liar');
    };
    const others: readonly (readonly [string, JWTPayload])[] = [
      ['for another client', { aud: 'somebody' }],
      ['of another issuer', { iss: 'https://evil.example' }],
      ['with the nonce of another request', { nonce: 'x' }],
      ['that has expired', { exp: 1 }],
    ];

    it('that is signed by the key the hospital publishes', async () => {
      const shown = await tell((honest, sign) => sign({ ...honest, groups: ['doctors'] }));

      expect(titleOf(shown)).to.equal('Set up a second step – Meridian');
    });

    for (const [what, changes] of others)
      it(`not when it is one ${what}`, async () => {
        const shown = await tell((honest, sign) =>
          sign({ ...honest, groups: ['doctors'], ...changes }),
        );

        expect(shown.status).to.equal(403);
        expect(shown.text).to.include('did not confirm');
      });

    const forgeries: readonly (readonly [
      string,
      (honest: JWTPayload, sign: Sign) => Promise<string>,
    ])[] = [
      [
        'another key',
        async (honest, sign) => sign(honest, (await generateKeyPair('RS256')).privateKey),
      ],
      ['no key', (honest) => Promise.resolve(new UnsecuredJWT(honest).encode())],
      [
        'the client secret',
        (honest) =>
          new SignJWT(honest)
            .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
            .sign(new TextEncoder().encode(draft.clientSecret)),
      ],
      [
        'its own key, and then changed',
        async (honest, sign) => {
          const [header, , signature] = (await sign(honest)).split('.');
          const body = Buffer.from(JSON.stringify({ ...honest, sub: 'admin' })).toString(
            'base64url',
          );
          return [header, body, signature].join('.');
        },
      ],
      ['nothing, because it is no token', () => Promise.resolve('nonsense')],
    ];
    for (const [what, make] of forgeries)
      it(`not when it is signed with ${what}`, async () => {
        const shown = await tell((honest, sign) => make({ ...honest, groups: ['doctors'] }, sign));

        expect(shown.status).to.equal(403);
        expect(shown.text).to.include('did not confirm');
      });
  });
});

describe('the entry of a hospital', () => {
  const providers = (): ReturnType<typeof createIdentityProviders> => {
    const kept = new Map<string, object>();
    const records = {
      put: (_kind: string, id: string, value: object) => Promise.resolve(void kept.set(id, value)),
    };
    return createIdentityProviders(records as never, createVault(Buffer.from('key')));
  };

  it('keeps the client secret locked', async () => {
    const saved = await providers().save(draft);

    expect(JSON.stringify(saved)).not.to.include(draft.clientSecret);
    expect(providers().secretOf(saved)).to.equal(draft.clientSecret);
  });

  for (const [element, changes] of [
    ['id', { id: 'St Mary' }],
    ['name', { name: ' ' }],
    ['issuer', { issuer: 'http://st-mary.example' }],
    ['issuer', { issuer: 'nonsense' }],
    ['clientId', { clientSecret: '' }],
    ['organization', { organization: 'north' }],
    ['link', { link: { claim: '', system } }],
    ['roles', { roles: { boss: 'administrator' } }],
    ['roles', { roles: {} }],
  ] as readonly (readonly [string, object])[])
    it(`names ${element} when it is ${JSON.stringify(changes)}`, async () => {
      const problem = await thrown(providers().save({ ...draft, ...changes }));

      expect(problem).to.include({ status: 400 });
      expect(problem.issues[0]?.expression).to.deep.equal([element]);
    });
});

const draft: IdentityProviderDraft = {
  ...{ id: 'st-mary', name: 'St. Mary', issuer: 'https://id.st-mary.example' },
  ...{ clientId: 'meridian', clientSecret: 'a-secret-of-sufficient-length-for-tests' },
  organization: 'Organization/north',
  domains: ['St-Mary.example'],
  link: { claim: 'employee', system },
  roleClaim: 'groups',
  roles: { doctors: 'clinician', frontdesk: 'desk' },
};

/** The server's own: what it locked must open here. */
const vaultOf = async (world: World) => {
  const { hex } = (await world.context.store.records.get('key', 'vault')) as { hex: string };
  return createVault(Buffer.from(hex, 'hex'));
};

const callbackOf = async (
  browser: Browser,
  issuer: string,
  page: Shown,
  id: string,
): Promise<URL> => {
  const gone = await browser.open(page.address.replace(/\/login$/, `/federated/${id}`));
  if (gone.left === undefined) throw new Error(`Did not leave: ${gone.text}`);
  const there = await openBrowser(issuer).open(gone.left.href);
  if (there.left === undefined) throw new Error(`Did not come back: ${there.text}`);
  return there.left;
};

const roundTrip = async (browser: Browser, issuer: string, page: Shown, id: string) =>
  browser.open((await callbackOf(browser, issuer, page, id)).href);

const storePractitioners = async (
  { context, base }: World,
  all: readonly { readonly id: string; readonly value: string; readonly active?: boolean }[],
  custodian = 'Organization/north',
): Promise<void> => {
  const permit = { ...unrestricted, custodian };
  for (const { id, value, active = true } of all) {
    const resource = { resourceType: 'Practitioner', id, active, identifier: [{ system, value }] };
    const body = parseJson(JSON.stringify(resource), 64) as never;
    const path = `Practitioner/${id}`;
    await context.dispatch({ method: 'PUT', path, query: [], headers: {}, body, base }, permit);
  }
};
