// What a clerk's decision means for somebody who registered by themself: an invitation, to an address that is theirs. STORE=mongo
// runs it over MongoDB.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Patient } from 'fhir/r4.js';
import { unrestricted } from '#src/access/permit.ts';
import type { User } from '#src/access/user.ts';
import { documentOf } from '#src/fhir/json.ts';
import type { Resource } from '#src/fhir/resource.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { openBrowser } from '../support/browser.ts';
import { codeTo, messagesTo, person, register, secret, typeCode } from './support.ts';

const mine = 'lakshmi@example.org';
const onFile = 'kept@example.org';

describe('a clerk’s decision about who registered by themself', function () {
  this.timeout(120_000);
  let server: TestServer;
  let dataDir: string;
  let task: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'meridian-decided-'));
    server = await startServer({ guard: 'standard', dataDir });
    await send('PUT', 'Patient/known', {
      ...{ resourceType: 'Patient', id: 'known', gender: 'female', birthDate: '1980-03-04' },
      name: [{ family: 'Sharma', given: ['Lakshmi'] }],
      telecom: [{ system: 'email', value: onFile }],
    });
    const browser = openBrowser(server.url);
    const page = await register(browser, { ...person, contact: mine });
    await typeCode(browser, page, await codeTo(dataDir, mine));
    const plan = { op: 'type', types: ['Task'] } as const;
    const { items } = await server.context.store.resources.search(plan, { sort: [], size: 2 });
    task = items[0]!.id;
  });
  afterEach(async () => {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const send = async (method: 'POST' | 'PUT', path: string, body: object) => {
    const request = { method, path, query: [], headers: {}, base: server.base };
    const permit = { ...unrestricted, custodian: 'Organization/a' };
    const document = documentOf(body as Resource);
    const { text = '{}' } = await server.context.dispatch({ ...request, body: document }, permit);
    return JSON.parse(text) as Patient;
  };
  const decide = (decision: object) =>
    send('POST', `Task/${task}/$decide`, { resourceType: 'Parameters', parameter: [decision] });
  const accept = async (to: string, count: number): Promise<void> => {
    const [link] = /http\S+invitation\S+/.exec((await messagesTo(dataDir, to, count)).at(-1)!)!;
    const browser = openBrowser(server.url);
    await browser.submit(await browser.open(link), '/invitation', {
      ...{ token: new URL(link).searchParams.get('token')!, password: secret },
    });
  };
  const usersOf = async (patient: string) =>
    (await server.context.store.records.find('user', {
      fhirUser: `Patient/${patient}`,
    })) as readonly User[];

  it('that they are new invites them at the address they have proven', async () => {
    const { id } = await decide({ name: 'new', valueBoolean: true });
    await accept(mine, 3);

    const [user, ...more] = await usersOf(id!);
    expect(more).to.deep.equal([]);
    expect(user).to.deep.include({ status: 'active', username: mine });
    const [kept] = await server.context.store.resources.read([{ type: 'Patient', id: id! }]);
    expect(kept!.custodian).to.equal(`Patient/${id!}`);
  });

  it('that they are known invites them at the address on file, and nowhere else', async () => {
    await decide({ name: 'same', valueReference: { reference: 'Patient/known' } });
    await accept(onFile, 1);

    expect((await usersOf('known')).map(({ username }) => username)).to.deep.equal([onFile]);
    expect(await messagesTo(dataDir, mine)).to.have.length(2);
  });

  it('by $register counts the same', async () => {
    await send('POST', 'Patient/$register', {
      resourceType: 'Parameters',
      parameter: [
        { name: 'same', valueReference: { reference: 'Patient/known' } },
        { name: 'task', valueReference: { reference: `Task/${task}` } },
      ],
    });
    await accept(onFile, 1);

    expect(await usersOf('known')).to.have.length(1);
  });
});
