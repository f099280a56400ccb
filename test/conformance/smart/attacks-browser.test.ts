// What an attacker tries through the user's browser: forged requests, forged pages, forged choices.
// https://www.rfc-editor.org/rfc/rfc9700

import { expect } from 'chai';
import { startServer } from '../../support/server.ts';
import { formWith, formsOf, type Page } from './support/agent.ts';
import { authorizationRequest, exchange, sendUser, type Parameters } from './support/app.ts';
import { checkNotWider, splitScopes } from './support/checks.ts';
import { ehrToken } from './support/ehr.ts';
import { wordsOf, type Form } from './support/form.ts';
import { authorize, launch, openFromEhr, type Choices, type PageKind } from './support/launch.ts';
import { openWorld, smartWorld, type World } from './support/world.ts';

const scope = 'launch/patient openid fhirUser patient/Patient.rs';

describe('attacks through the browser', () => {
  const world = smartWorld();

  /** The page an authorization request leads to at once. */
  const arrive = (changes: Parameters): Promise<Page> => {
    const { apps, endpoints } = world();
    return sendUser(
      world().agent(),
      endpoints,
      authorizationRequest(apps.secret, endpoints, scope, changes),
    );
  };

  describe('open redirects', () => {
    const forged = [
      'https://evil.example/callback',
      'https://secret.example.evil.example/callback',
      'https://secret.example@evil.example/callback',
      'https://secret.example/callback/../../evil',
      'https://secret.example/callback/',
      'https://secret.example/callback?next=https://evil.example',
      'https://secret.example/callback#here',
      'https://SECRET.example/Callback',
      'http://secret.example/callback',
      'https://secret.example:8443/callback',
      'https://secret.example/callback%00.evil.example',
      'javascript:alert(1)//https://secret.example/callback',
      '//evil.example/callback',
      '',
    ];

    for (const redirect_uri of forged)
      it(`shows an error page instead of redirecting to '${redirect_uri}'`, async () => {
        const page = await arrive({ redirect_uri });

        expect(page.left, page.left?.href).to.equal(undefined);
        expect(page.status).to.equal(400);
        checkPage(page);
      });

    it('does not redirect without a redirect_uri', async () => {
      const page = await arrive({ redirect_uri: undefined });

      expect(page.left).to.equal(undefined);
      expect(page.status).to.equal(400);
    });

    it('does not redirect a user who signs out to an address that no app registered', async () => {
      const { end_session_endpoint: end } = await openIdConfiguration(world());
      const page = await world()
        .agent()
        .get(`${end}?post_logout_redirect_uri=https://evil.example/`);

      expect(page.left).to.equal(undefined);
    });
  });

  describe('injected markup', () => {
    const markup = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

    it('escapes what a request brings to an error page', async () => {
      for (const changes of [
        { client_id: markup },
        { redirect_uri: `https://evil.example/${markup}` },
        { response_type: markup },
        { scope: markup },
      ])
        checkPage(await arrive(changes), markup);
    });

    it('escapes what a user name brings back to the sign-in page', async () => {
      const { agent, page } = await at('sign-in');
      const form = formsOf(page)[0]!;
      const again = await agent.submit(
        form,
        answersTo(form, { username: markup, password: markup }),
      );

      checkPage(again, markup);
    });

    it('escapes what an app suggests as user name', async () => {
      const { page } = await at('sign-in', { changes: { login_hint: markup, ui_locales: markup } });

      checkPage(page, markup);
    });

    it('escapes what a search brings back to the patient picker', async () => {
      const { agent, page } = await at('picker', { person: world().people.dora });
      const form = formWith(page, ({ name }) => name === 'name')!;

      checkPage(await agent.submit(form, { name: markup, identifier: markup }), markup);
    });

    it('escapes the name of an app and of a patient on the pages', async () => {
      const { server, apps, people } = world();
      const { records } = server.context.store;
      const client = (await records.get('Client', 'other')) as object;
      await records.put('Client', 'other', { ...client, client_name: markup });
      const pages: string[] = [];
      const look: Choices['look'] = (_kind, _form, page) => pages.push(page.text);
      await authorize(world(), apps.other, scope, { person: people.asha, look });
      await records.put('Client', 'other', client);

      expect(pages).to.have.lengthOf.at.least(2);
      for (const page of pages)
        expect(page).not.to.include('<script>alert').and.not.include('<img src=x');
    });
  });

  describe('forged requests (CSRF)', () => {
    for (const kind of ['sign-in', 'picker', 'consent'] as const)
      it(`refuses the ${kind} form when it comes from another browser`, async () => {
        const { page } = await at(kind);
        const form = mainForm(page, kind);
        const stranger = world().agent();
        const answered = await stranger.submit(form, answersTo(form, world().people.asha));

        expect(answered.left).to.equal(undefined);
        expect(answered.status).to.be.oneOf([400, 403, 404]);
      });

    for (const kind of ['sign-in', 'picker', 'consent'] as const)
      it(`refuses the ${kind} form when it comes from a page of another site`, async () => {
        const { agent, page } = await at(kind);
        const form = mainForm(page, kind);
        const body = new URLSearchParams(answersTo(form, world().people.asha));
        const answered = await agent.post(form.action, body, { origin: 'https://evil.example' });

        expect(answered.left).to.equal(undefined);
        expect(answered.status).to.be.oneOf([400, 403]);
      });

    it('lets no site read or frame its pages', async () => {
      for (const kind of ['sign-in', 'picker', 'consent'] as const) {
        const { page } = await at(kind);
        expect(page.headers.get('access-control-allow-origin')).to.equal(null);
        checkPage(page);
      }
    });

    it('makes a new session when somebody signs in, so that nobody can plant one', async () => {
      const { agent, page } = await at('sign-in');
      const planted = new Set(agent.cookies.all().map(({ value }) => value));
      const form = formsOf(page)[0]!;
      await agent.submit(form, answersTo(form, world().people.asha));
      const session = agent.cookies
        .all()
        .filter(({ name, path }) => /session/i.test(name) && path === '/');
      const all = agent.cookies
        .all()
        .filter(({ name }) => /session/i.test(name) && !/sig$/.test(name));

      expect([...session, ...all].length).to.be.greaterThan(0);
      for (const { value } of all) expect(planted).not.to.include(value);
    });

    it('keeps its cookies from scripts and other sites', async () => {
      const { agent } = await at('consent');

      for (const { line } of agent.cookies.all())
        expect(line)
          .to.match(/httponly/i)
          .and.match(/samesite=(lax|strict)/i);
    });
  });

  describe('cookies over TLS', () => {
    it('are sent over TLS alone', async () => {
      const env = { PUBLIC_URL: 'https://record.example' };
      const behindTls = await openWorld(await startServer({ guard: 'standard', env }));
      const { apps, endpoints, server } = behindTls;
      const aud = 'https://record.example/fhir';
      const request = authorizationRequest(apps.secret, endpoints, scope, { aud });
      const asked = new URLSearchParams(request.parameters as Record<string, string>);
      const answer = await fetch(`${server.url}/oauth/auth?${asked.toString()}`, {
        redirect: 'manual',
      });
      await behindTls.close();

      expect(answer.headers.getSetCookie()).not.to.be.empty;
      for (const line of answer.headers.getSetCookie()) expect(line).to.match(/; secure/i);
      expect(answer.headers.get('location')).to.match(/^https:\/\/record\.example\/|^\//);
    });
  });

  describe('guessed users', () => {
    it('answers alike for a wrong password and for a user who is not there', async () => {
      const answerTo = async (username: string): Promise<string> => {
        const { agent, page } = await at('sign-in');
        const form = mainForm(page, 'sign-in');
        const again = await agent.submit(
          form,
          answersTo(form, { username, password: 'a wrong pass phrase' }),
        );
        return `${again.status} ${wordsOf(again.text)}`;
      };

      expect(await answerTo('sam')).to.equal(await answerTo('nobody-at-all'));
    });
  });

  describe('forged choices', () => {
    it('does not open the record of a patient whom the picker did not offer', async () => {
      const { agent, page } = await at('picker');
      const form = mainForm(page, 'picker');
      const answered = await agent.submit(form, { patient: 'carla' });

      expect(answered.left?.searchParams.get('code') ?? null).to.equal(null);
      expect(
        formWith(answered, ({ type, name }) => type === 'checkbox' && name === 'scope'),
      ).to.equal(undefined);
    });

    it('does not open the record of another hospital for a clinician', async () => {
      const { agent, page } = await at('picker', { person: world().people.dora });
      const search = formWith(page, ({ name }) => name === 'name')!;
      const found = await agent.submit(search, { name: 'Rao' });
      const form = mainForm(found, 'picker');
      const answered = await agent.submit(form, { patient: 'carla' });

      expect(
        formWith(answered, ({ type, name }) => type === 'checkbox' && name === 'scope'),
      ).to.equal(undefined);
    });

    it('finds nobody of another hospital in the picker', async () => {
      const { agent, page } = await at('picker', { person: world().people.dora });
      const search = formWith(page, ({ name }) => name === 'name')!;
      const found = await agent.submit(search, { name: 'Stone' });

      expect(found.text).not.to.include('Carla');
    });

    it('grants nothing that the app did not ask for, whatever the consent form sends', async () => {
      const { agent, page, request } = await at('consent');
      const form = mainForm(page, 'consent');
      const forged = [
        'patient/*.cruds',
        'user/*.cruds',
        'system/*.cruds',
        'patient/Patient.cruds',
        'offline_access',
        'patient/Patient.rs openid',
      ];
      const own = form.fields.filter(({ name }) => name === 'scope').map(({ value }) => value);
      const answered = await agent.submit(form, { scope: [...own, ...forged] });
      const { reply } = await exchanged(answered, request);

      checkNotWider(reply.json.scope, scope);
    });

    it('does not pass the consent page of another launch by its address', async () => {
      const first = await at('consent');
      const second = await at('sign-in');
      const [id = ''] = /interaction\/[^/?]+/.exec(first.page.address) ?? [];
      const answered = await second.agent.get(first.page.address);

      expect(id).not.to.equal('');
      expect(
        formsOf(answered).some(({ fields }) => fields.some(({ name }) => name === 'scope')),
      ).to.equal(false);
      expect(answered.left).to.equal(undefined);
    });

    it('gives nothing when somebody else signed in between the consent page and its form', async () => {
      const { agent, page } = await at('consent');
      const form = mainForm(page, 'consent');
      const account = await agent.get(world().configuration.management_endpoint);
      await agent.submit(formsOf(account).find(({ action }) => action.endsWith('/sign-out'))!);
      const { apps, people } = world();
      await launch(world(), apps.other, 'openid user/Patient.rs', { person: people.sam, agent });
      const own = form.fields.filter(({ name }) => name === 'scope').map(({ value }) => value);
      const answered = await agent.submit(form, { scope: own });

      expect(answered.left?.searchParams.get('code') ?? null).to.equal(null);
    });

    it('does not skip consent by sending the user straight to the end', async () => {
      const { agent, page } = await at('consent');
      const [uid = ''] = /interaction\/([^/?]+)/.exec(page.address)?.slice(1) ?? [];
      const answered = await agent.get(
        `${String(world().configuration.authorization_endpoint)}/${uid}`,
      );

      expect(answered.left?.searchParams.get('code') ?? null).to.equal(null);
    });
  });

  describe('launches of others', () => {
    const context = { patient: 'Patient/asha' };

    it('refuses a launch that somebody else opened', async () => {
      const { apps, people } = world();
      const opened = await openFromEhr(
        world(),
        await ehrToken(world(), people.dora),
        apps.public,
        context,
      );
      const changes = { launch: opened.searchParams.get('launch')! };
      const { sent } = await authorize(world(), apps.public, 'launch patient/Patient.rs', {
        person: people.sam,
        changes,
      });

      expect(sent.get('code')).to.equal(null);
    });

    it('refuses a launch that was opened for another app', async () => {
      const { apps, people } = world();
      const opened = await openFromEhr(
        world(),
        await ehrToken(world(), people.dora),
        apps.public,
        context,
      );
      const changes = { launch: opened.searchParams.get('launch')! };
      const { sent } = await authorize(world(), apps.other, 'launch patient/Patient.rs', {
        person: people.dora,
        changes,
      });

      expect(sent.get('code')).to.equal(null);
      expect(sent.get('error')).to.equal('invalid_request');
    });

    it('refuses a launch that was used', async () => {
      const { apps, people } = world();
      const opened = await openFromEhr(
        world(),
        await ehrToken(world(), people.dora),
        apps.public,
        context,
      );
      const changes = { launch: opened.searchParams.get('launch')! };
      const choices = { person: people.dora, changes };
      await launch(world(), apps.public, 'launch patient/Patient.rs', choices);
      const { sent } = await authorize(world(), apps.public, 'launch patient/Patient.rs', choices);

      expect(sent.get('code')).to.equal(null);
    });

    it('gives a launch to one of two who come with it at the same moment', async () => {
      const { apps, people } = world();
      const opened = await openFromEhr(
        world(),
        await ehrToken(world(), people.dora),
        apps.public,
        context,
      );
      const changes = { launch: opened.searchParams.get('launch')! };
      const both = await Promise.all(
        [1, 2].map(() =>
          authorize(world(), apps.public, 'launch patient/Patient.rs', {
            person: people.dora,
            changes,
          }),
        ),
      );

      expect(both.filter(({ sent }) => sent.has('code'))).to.have.length(1);
    });

    it('opens no launch about a patient whom the clinician may not see', async () => {
      const { apps, people } = world();
      const token = await ehrToken(world(), people.dora);
      const opened = await openFromEhr(world(), token, apps.public, {
        patient: 'Patient/carla',
      }).catch(String);

      expect(opened).to.match(/answered (403|404|422)/);
    });

    it('opens no launch about the encounter of another patient', async () => {
      const { apps, people } = world();
      const token = await ehrToken(world(), people.dora);
      const mixed = { patient: 'Patient/asha', encounter: 'Encounter/ben-encounter' };
      const opened = await openFromEhr(world(), token, apps.public, mixed).catch(String);

      expect(opened).to.match(/answered 4\d\d/);
    });
  });

  describe('mix-up', () => {
    it('says in each answer to the app which server it comes from', async () => {
      const { apps, people, configuration } = world();
      const allowed = await authorize(world(), apps.secret, scope, { person: people.asha });
      const denied = await authorize(world(), apps.secret, scope, {
        person: people.asha,
        consent: 'deny',
      });

      for (const { sent } of [allowed, denied])
        expect(sent.get('iss')).to.equal(configuration.issuer);
    });

    it('gives the state back unchanged, and error codes of OAuth', async () => {
      const state = 'a state/with?odd&characters=%20+é';
      const { apps, people } = world();
      const { sent } = await authorize(world(), apps.secret, scope, {
        person: people.asha,
        consent: 'deny',
        changes: { state },
      });

      expect(sent.get('state')).to.equal(state);
      expect(sent.get('error')).to.equal('access_denied');
    });
  });

  it('asks again for nothing with prompt=none, and says that somebody has to sign in', async () => {
    const page = await arrive({ prompt: 'none' });

    expect(page.left?.searchParams.get('error')).to.equal('login_required');
  });

  it('takes no request objects, which could say something else than the address', async () => {
    for (const changes of [
      { request: 'e30.e30.' },
      { request_uri: 'https://evil.example/request' },
    ]) {
      const page = await arrive(changes);
      expect(page.left?.searchParams.get('code') ?? null).to.equal(null);
      expect(page.left?.searchParams.get('error') ?? 'invalid_request').to.match(
        /not_supported|invalid_request/,
      );
    }
  });

  it('takes no parameter twice', async () => {
    const { apps, endpoints } = world();
    const request = authorizationRequest(apps.secret, endpoints, scope);
    const asked = new URLSearchParams(request.parameters as Record<string, string>);
    asked.append('scope', 'patient/*.cruds');
    const page = await world().agent().get(`${endpoints.authorize}?${asked.toString()}`);

    expect(page.left?.searchParams.get('error') ?? String(page.status)).to.be.oneOf([
      'invalid_request',
      '400',
    ]);
  });

  it('requires a challenge by S256', async () => {
    for (const changes of [
      { code_challenge: undefined, code_challenge_method: undefined },
      { code_challenge_method: 'plain' },
      { code_challenge_method: undefined },
    ]) {
      const page = await arrive(changes);
      expect(page.left?.searchParams.get('error'), JSON.stringify(changes)).to.equal(
        'invalid_request',
      );
    }
  });

  it('offers no token by the implicit or hybrid flow', async () => {
    for (const response_type of ['token', 'id_token', 'code token', 'code id_token token']) {
      const page = await arrive({ response_type });
      expect(page.left?.href ?? '').not.to.match(/access_token=|id_token=/);
      expect(page.left?.href ?? 'error=').to.include('error=');
    }
  });

  it('grants the scopes of system clients to nobody who signs in', async () => {
    const { apps, people } = world();
    const { reply } = await launch(world(), apps.secret, `${scope} system/*.rs`, {
      person: people.asha,
    });

    expect(
      splitScopes(reply.json.scope).filter((each) => each.startsWith('system/')),
    ).to.deep.equal([]);
  });

  /** A fresh browser that has come as far as this page. */
  async function at(kind: PageKind, choices: Partial<Choices> = {}) {
    const { apps, people } = world();
    let found: Page | undefined;
    const look: Choices['look'] = (seen, _form, page) => {
      if (seen !== kind) return;
      found = page;
      throw new Reached();
    };
    const agent = choices.agent ?? world().agent();
    const request = authorizationRequest(apps.secret, world().endpoints, scope);
    const changes = { ...request.parameters, ...choices.changes };
    await authorize(world(), apps.secret, scope, {
      person: people.asha,
      ...choices,
      agent,
      changes,
      look,
    }).catch((error: unknown) => {
      if (!(error instanceof Reached)) throw error;
    });
    if (found === undefined) throw new Error(`There was no ${kind} page.`);
    return { agent, page: found, request };
  }

  async function exchanged(page: Page, request: { readonly verifier: string }) {
    const { apps, endpoints } = world();
    const code = page.left?.searchParams.get('code');
    if (code === undefined || code === null)
      throw new Error(`No code: ${page.left?.href ?? page.text}`);
    return { reply: await exchange(apps.secret, endpoints, { code, verifier: request.verifier }) };
  }
});

class Reached extends Error {}

const mainForm = (page: Page, kind: PageKind): Form => {
  const form = formsOf(page).find(({ method, fields, buttons }) =>
    kind === 'picker'
      ? buttons.some(({ name }) => name === 'patient')
      : method === 'POST' &&
        fields.some(({ name, type }) =>
          kind === 'consent' ? name === 'scope' : type === 'password',
        ),
  );
  if (form === undefined) throw new Error(`There is no ${kind} form on ${page.address}.`);
  return form;
};

const answersTo = (
  form: Form,
  { username, password }: { readonly username: string; readonly password: string },
): Record<string, string> => {
  const name =
    form.fields.find(({ label }) => /user\s?name|e-?mail/i.test(label))?.name ?? 'username';
  if (form.fields.some(({ type }) => type === 'password')) return { [name]: username, password };
  const [button] = form.buttons.filter((each) => each.name === 'patient');
  return button === undefined ? { scope: 'openid fhirUser' } : { patient: button.value };
};

/** What every page must be: no frame, no cache, no script but its own, and nothing of an attacker's markup. */
const checkPage = (page: Page, markup?: string): void => {
  if (page.left !== undefined) return;
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy, page.address)
    .to.include("frame-ancestors 'none'")
    .and.not.include('unsafe-inline');
  expect(policy).to.match(/default-src 'none'|script-src 'self'/);
  expect(page.headers.get('x-frame-options')).to.match(/deny/i);
  expect(page.headers.get('cache-control')).to.include('no-store');
  expect(page.headers.get('x-content-type-options')).to.equal('nosniff');
  expect(page.headers.get('referrer-policy')).to.match(/no-referrer|same-origin/);
  expect(page.status).to.be.lessThan(500);
  if (markup !== undefined)
    expect(page.text).not.to.include('<script>alert').and.not.include('<img src=x');
};

const openIdConfiguration = async ({ configuration }: World): Promise<World['configuration']> => {
  const answer = await fetch(`${String(configuration.issuer)}/.well-known/openid-configuration`);
  return answer.json();
};
