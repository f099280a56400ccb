// The commands as operations: for administrators whose app has every right, and for nobody else.

import { expect } from 'chai';
import type { Caller, Role } from '#src/access/caller.ts';
import { unrestricted } from '#src/access/permit.ts';
import { ask } from '#test/support/ask.ts';
import { startServer, type TestServer } from '#test/support/server.ts';

describe('administration/operations', () => {
  let server: TestServer;
  let caller: Caller;
  const become = (role: Role, ...scopes: readonly string[]): void => {
    caller = { client: 'console', role, scopes, token: 'x', user: 'u' };
  };
  before(async () => {
    server = await startServer({ guard: () => ({ ...unrestricted, caller }) });
  });
  after(() => server.close());
  const post = (operation: string, values: Readonly<Record<string, string>> = {}) =>
    ask(`${server.base}/${operation}`, {
      method: 'POST',
      body: {
        resourceType: 'Parameters',
        parameter: Object.entries(values).map(([name, valueString]) => ({ name, valueString })),
      },
    });

  it('creates an organization for an administrator', async () => {
    become('administrator', 'user/*.cruds');
    const { status, json } = await post('$create-organization', { name: 'West' });

    expect(status).to.equal(200);
    expect(json.parameter[0].name).to.equal('organization');
    expect(json.parameter[0].valueString).to.match(/^Organization\//);
  });

  it('says what is wrong by naming the parameter', async () => {
    become('administrator', 'user/*.cruds');
    const { status, json } = await post('$create-organization');

    expect(status).to.equal(400);
    expect(json.issue[0].diagnostics).to.contain("'name' is missing");
  });

  it('refuses everybody else', async () => {
    for (const role of ['clinician', 'desk', 'patient', 'network', 'system'] as const) {
      become(role, 'user/*.cruds', 'system/*.cruds');
      expect((await post('$rotate-keys')).status, role).to.equal(403);
    }
  });

  it('refuses an administrator’s app with narrower scopes', async () => {
    become('administrator', 'openid', 'user/Patient.cruds', 'user/*.rs');

    expect((await post('$revoke-access', { user: 'u' })).status).to.equal(403);
  });

  it('gives nobody the token of another', async () => {
    become('administrator', 'user/*.cruds');

    expect((await post('$create-token', { scope: 'user/*.rs' })).status).to.equal(404);
  });

  it('takes nothing from the address, which others log', async () => {
    become('administrator', 'user/*.cruds');
    const answer = await post('$create-user?password=violin-harbour-teapot', {
      ...{ username: 'logged', name: 'Logged', role: 'patient' },
    });

    expect(answer.status).to.equal(400);
    expect(answer.text).to.contain('in the body').and.not.to.contain('violin');
  });

  it('tells of itself in the CapabilityStatement', async () => {
    const { json } = await ask(`${server.base}/metadata`);
    const names = json.rest[0].operation.map(({ name }: { name: string }) => name);

    expect(names).to.include.members(['create-user', 'revoke-access']);
    expect(names).to.not.include('create-token');
  });
});
