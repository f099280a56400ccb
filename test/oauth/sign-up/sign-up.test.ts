// Registering by oneself: the decision table's row for self sign-up, and that no page tells who is known.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Patient, Task } from 'fhir/r4.js';
import type { User } from '#src/access/user.ts';
import { unrestricted } from '#src/access/permit.ts';
import { createUsers } from '#src/oauth/users/users.ts';
import { newId } from '#src/platform/ids.ts';
import { documentOf } from '#src/fhir/json.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { openBrowser, type Browser, type Form } from '../support/browser.ts';
import { describeOnStores, startServer, type TestServer } from '../../support/server.ts';
import { watchedLog } from '../sign-in/support.ts';
import {
  codeTo,
  messagesTo,
  person,
  register,
  secret,
  shapeOf,
  ticketOf,
  typeCode,
} from './support.ts';

const phone = '+919845012345';
const other = 'mala@example.org';

describeOnStores('registering by oneself', (engine) => {
  let server: TestServer;
  let browser: Browser;
  let dataDir: string;
  const watched = watchedLog();
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'meridian-sign-up-'));
    server = await startServer({
      ...{ guard: 'standard', store: engine, dataDir, log: watched.log },
      env: { SIGN_UP_DESK: 'Organization/a' },
    });
    browser = openBrowser(server.url);
  });
  afterEach(async () => {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const all = async <T>(type: string): Promise<readonly T[]> => {
    const plan = { op: 'type', types: [type] } as const;
    const { items } = await server.context.store.resources.search(plan, { sort: [], size: 100 });
    return items.map(({ text }) => JSON.parse(text) as T);
  };
  const userOf = async (username: string): Promise<User | undefined> => {
    const { records } = server.context.store;
    const name = (await records.get('user-name', username)) as { user: string } | undefined;
    return name && ((await records.get('user', name.user)) as User);
  };
  /** A Patient of hospital A, whose clerks look after sign-ups unless said otherwise. */
  const store = async (changes: Partial<Patient> = {}, custodian = 'Organization/a') => {
    const patient: Patient = {
      ...{ resourceType: 'Patient', id: 'known', gender: 'female', birthDate: '1980-03-04' },
      name: [{ family: 'Sharma', given: ['Lakshmi'] }],
      telecom: [{ system: 'phone', value: phone }],
      ...changes,
    };
    await server.context.dispatch(
      {
        ...{ method: 'PUT', path: `Patient/${patient.id!}`, query: [], headers: {} },
        ...{ body: documentOf(patient as unknown as Resource), base: server.base },
      },
      { ...unrestricted, custodian },
    );
  };
  /** As far as the page after the code of one's own address. */
  const prove = async (form: Form, to: string, by = browser) =>
    typeCode(by, await register(by, form), await codeTo(dataDir, to));
  const signInAs = async (username: string): Promise<string> => {
    const page = await browser.open('/oauth/account');
    return (await browser.submit(page, '/login', { username, password: secret })).text;
  };

  it('gives who is new a Patient with a health ID, kept by nobody but themself, and an account', async () => {
    const page = await prove(person, phone);

    expect(page.status).to.equal(200);
    expect(page.text, 'what comes next').to.contain('href="/apps/portal/"');
    const [patient, ...more] = await all<Patient>('Patient');
    expect(more).to.deep.equal([]);
    expect(patient!.identifier![0]!.system).to.equal('https://meridian.example/uhid');
    expect(patient).to.deep.include({ gender: 'female', birthDate: '1980-03-04' });
    const [kept] = await server.context.store.resources.read([
      { type: 'Patient', id: patient!.id! },
    ]);
    expect(kept!.custodian).to.equal(`Patient/${patient!.id!}`);
    const user = await userOf('919845012345');
    expect(user).to.deep.include({
      ...{ status: 'active', role: 'patient', fhirUser: `Patient/${patient!.id!}`, phone },
    });
    expect(await signInAs('+91 98450-12345')).to.contain('Signed in as Lakshmi Sharma');
  });

  it('creates nothing before the code, and keeps neither code nor password readable', async () => {
    await register(browser, person);
    const code = await codeTo(dataDir, phone);

    expect(await all('Patient')).to.deep.equal([]);
    const kept = JSON.stringify(await server.context.store.records.find('sign-up', {}));
    expect(kept).to.contain('Sharma');
    expect(kept).not.to.contain(code).and.not.contain(secret);
    expect(watched.text()).not.to.contain(code).and.not.contain(secret);
  });

  it('takes a code once, and only five wrong ones', async () => {
    const page = await register(browser, person);
    const code = await codeTo(dataDir, phone);
    const wrong = code === '00000000' ? '00000001' : '00000000';

    for (let i = 0; i < 5; i += 1)
      expect((await typeCode(browser, page, wrong)).status).to.equal(400);
    expect((await typeCode(browser, page, code)).status).to.equal(400);
    expect(await all('Patient')).to.deep.equal([]);

    const again = await register(browser, person);
    const good = await codeTo(dataDir, phone, 2);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => typeCode(openBrowser(server.url), again, good)),
    );
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    expect(await all('Patient')).to.have.length(1);
  });

  const doubts: readonly (readonly [string, Partial<Patient>])[] = [
    ['possible', { name: [{ family: 'Sharma', given: ['Saraswati'] }] }],
    ['probable', { telecom: [{ system: 'phone', value: '+919886000000' }] }],
    [
      'certain match without a contact on file',
      { telecom: [{ system: 'phone', value: '98450 12345' }] },
    ],
  ];
  for (const [grade, changes] of doubts)
    it(`asks a clerk about a ${grade}, and creates nothing`, async () => {
      await store(changes);

      await prove(person, phone);

      expect(await all('Patient')).to.have.length(1);
      const [task] = await all<Task>('Task');
      expect(task!.status).to.equal('requested');
      expect(task!.owner!.reference).to.equal('Organization/a');
      expect(task!.contained![0]).to.deep.include({ resourceType: 'Patient', id: 'person' });
      expect(task!.input![0]!.valueReference!.reference).to.equal('Patient/known');
      expect(await userOf('919845012345')).to.equal(undefined);
    });

  it('names to the clerks nobody whom their hospital does not see', async () => {
    await store(doubts[0]![1], 'Organization/b');

    await prove(person, phone);

    expect((await all<Task>('Task'))[0]!.input).to.equal(undefined);
  });

  it('opens the record there is by a code to the contact on file alone', async () => {
    await store({
      telecom: [
        { system: 'phone', value: phone },
        { system: 'email', value: other, rank: 1 },
      ],
    });
    const mine = { ...person, contact: 'new@example.org' };
    // Somebody else's address, but all else is right: certain needs something third.
    await store({
      telecom: [
        { system: 'email', value: other, rank: 1 },
        { system: 'email', value: 'new@example.org', use: 'old' },
      ],
    });

    const page = await prove(mine, 'new@example.org');
    expect(await userOf('new@example.org')).to.equal(undefined);
    const code = await codeTo(dataDir, other);
    const linked = await typeCode(browser, page, code);

    expect(linked.text).to.contain('Your account is ready');
    expect(await userOf('new@example.org')).to.deep.include({ fhirUser: 'Patient/known' });
    expect(await all('Patient')).to.have.length(1);
    expect(await all('Task')).to.deep.equal([]);
    expect((await typeCode(browser, page, code)).status).to.equal(400);
  });

  it('asks for no second code where the address on file is the one that was proven', async () => {
    await store();

    await prove(person, phone);

    expect(await userOf('919845012345')).to.deep.include({ fhirUser: 'Patient/known' });
    expect(await all('Patient')).to.have.length(1);
  });

  it('opens no second account of a Patient who has one', async () => {
    await store({
      telecom: [
        { system: 'email', value: other },
        { system: 'phone', value: phone },
      ],
    });
    await prove(person, phone);

    const page = await prove({ ...person, contact: other }, other);

    expect(page.status).to.equal(200);
    expect(await userOf(other)).to.equal(undefined);
    expect((await messagesTo(dataDir, other, 2)).join()).to.contain('You have an account already');
  });

  it('sends an invitation once more to who was invited and never came', async () => {
    await store({ telecom: [{ system: 'phone', value: phone }] });
    const { records } = server.context.store;
    await createUsers({ records, now: Date.now, newId }).create({
      ...{ username: 'lakshmi', name: 'Lakshmi', role: 'patient', status: 'invited', email: other },
      fhirUser: 'Patient/known',
    });

    await prove(person, phone);

    expect((await messagesTo(dataDir, other)).at(-1)).to.contain('/oauth/invitation?token=');
    expect(await userOf('919845012345')).to.equal(undefined);
  });

  it('sends no code to an address that has an account, on the same page', async () => {
    const first = await register(browser, person);
    await typeCode(browser, first, await codeTo(dataDir, phone));

    const page = await register(browser, person);

    expect(shapeOf(page)).to.equal(shapeOf(first));
    expect((await messagesTo(dataDir, phone, 3)).at(-1)).to.contain('has an account already');
    expect(await codeTo(dataDir, phone, 3)).to.equal('none');
    expect(await all('Patient')).to.have.length(1);
  });

  it('makes no Patient of who shares an address with somebody quicker', async () => {
    const [one, two] = [openBrowser(server.url), openBrowser(server.url)];
    const husband = { ...person, given: 'Ravi', family: 'Menon', year: '1979', gender: 'male' };
    const first = await register(one, person);
    const firstCode = await codeTo(dataDir, phone);
    const second = await register(two, husband);
    const secondCode = await codeTo(dataDir, phone, 2);

    const answers = await Promise.all([
      typeCode(one, first, firstCode),
      typeCode(two, second, secondCode),
    ]);

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 400]);
    expect(await all('Patient')).to.have.length(1);
  });

  it('shows the same pages whoever is known', async () => {
    await store({ telecom: [{ system: 'email', value: 'kept@example.org' }] });
    await store({
      id: 'sure',
      name: [{ family: 'Rao', given: ['Mala'] }],
      telecom: [
        { system: 'email', value: 'hers@example.org', rank: 1 },
        { system: 'email', value: 'mala@example.org' },
      ],
    });
    const forms: readonly Form[] = [
      { ...person, contact: 'new@example.org', given: 'Zubin', family: 'Wadia', year: '1951' },
      { ...person, contact: 'probable@example.org' },
      { ...person, contact: 'mala@example.org', given: 'Mala', family: 'Rao' },
    ];
    const shapes = new Set<string>();
    const refusals = new Set<string>();

    for (const form of forms) {
      const by = openBrowser(server.url);
      const asked = await register(by, form);
      const next = await typeCode(by, asked, await codeTo(dataDir, String(form['contact'])));
      shapes.add(shapeOf(asked).concat(shapeOf(next)));
      refusals.add(shapeOf(await typeCode(by, next, '12345678')));
    }

    expect([...shapes]).to.have.length(1);
    expect([...refusals]).to.have.length(1);
    expect([...refusals][0]).to.match(/^400 /);
  });

  it('says what is wrong in the form, and keeps what was typed but the password', async () => {
    const page = await register(browser, {
      ...{ given: ' Lakshmi ', family: '', day: '31', month: '2', year: '1980', gender: 'x' },
      ...{ contact: '98450', password: 'short' },
    });

    expect(page.status).to.equal(400);
    for (const words of ['birth date', 'Choose your sex', 'code of the country', 'at least 12'])
      expect(page.text).to.contain(words);
    expect(page.text).to.contain('value="Lakshmi"').and.not.contain('value="short"');
  });

  const wrong: readonly (readonly [string, Form, RegExp])[] = [
    ['who is a minor', { year: String(new Date().getUTCFullYear() - 10) }, /guardian/],
    ['who is not born', { year: String(new Date().getUTCFullYear() + 1) }, /birth date/],
    ['a password that is the name', { password: 'LakshmiSharma1' }, /must not be your name/],
    ['a mail address of two lines', { contact: 'a@b.org\nbcc: c@d.org' }, /mail address/],
    ['no name', { given: '', family: '' }, /Type your name/],
  ];
  for (const [who, changes, words] of wrong)
    it(`refuses ${who}`, async () => {
      const page = await register(browser, { ...person, ...changes });

      expect(page.status).to.equal(400);
      expect(page.text).to.match(words);
    });

  it('escapes what was typed', async () => {
    const page = await register(browser, { ...person, given: '"><script>x</script>', day: '' });

    expect(page.text).to.contain('value="&#34;&#62;&#60;script&#62;x');
    expect(page.text).not.to.contain('<script>x');
  });

  it('takes no form of another site', async () => {
    const answer = await fetch(`${server.url}/oauth/sign-up`, {
      ...{ method: 'POST', body: new URLSearchParams(person) },
      headers: { 'sec-fetch-site': 'cross-site' },
    });

    expect(answer.status).to.equal(403);
  });

  it('slows an address down that registers many', async () => {
    let page = await register(browser, person);
    for (let i = 0; i < 25 && page.status === 200; i += 1)
      page = await register(browser, { ...person, contact: `p${String(i)}@example.org` });

    expect(page.status).to.equal(429);
    expect(page.headers.get('retry-after')).to.match(/^\d+$/);
  });

  it('sends an address few messages, on the same page', async () => {
    const shapes = new Set<string>();
    for (let i = 0; i < 8; i += 1) shapes.add(shapeOf(await register(browser, person)));

    expect([...shapes]).to.have.length(1);
    expect((await messagesTo(dataDir, phone, 3)).length).to.be.below(5);
  });

  it('is told to the audit with whom it made', async () => {
    await prove(person, phone);
    await server.context.settleAudit?.();

    const [patient] = await all<Patient>('Patient');
    const text = JSON.stringify(await all('AuditEvent'));
    expect(text).to.contain(`Patient/${patient!.id!}`).and.contain('sign-up');
    expect(text).not.to.contain(secret).and.not.contain('98450');
    expect(JSON.stringify(await all('Provenance'))).to.contain(
      `Patient/${patient!.id!}/_history/1`,
    );
  });

  it('does not open the second page’s code for the first page’s ticket', async () => {
    await store({
      telecom: [
        { system: 'email', value: other, rank: 1 },
        { system: 'phone', value: phone },
      ],
    });
    const asked = await register(browser, { ...person, contact: 'x@example.org' });
    const code = await codeTo(dataDir, 'x@example.org');

    const page = await browser.send('/oauth/sign-up/link', { ticket: ticketOf(asked), code });

    expect(page.status).to.equal(400);
  });
});
