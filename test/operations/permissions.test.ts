// $permissions: everyone learns what they may do and why, administrators also what others may.

import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import type { Caller } from '#src/access/caller.ts';
import { openInside } from '#test/support/rights.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';

interface Part {
  readonly name: string;
  readonly part?: readonly Part[];
  readonly valueCode?: string;
  readonly valueString?: string;
}

describe('operations/permissions', () => {
  const store = openMemoryStore();
  const inside = openInside(store);
  const common = { client: 'app', token: 'token' };
  const patient: Caller = {
    ...common,
    ...{ role: 'patient', fhirUser: 'Patient/1', patient: '1' },
    scopes: ['patient/Observation.rs?code=a', 'patient/Patient.cruds'],
  };
  const administrator: Caller = { ...common, role: 'administrator', scopes: ['user/*.cruds'] };

  before(async () => {
    await store.records.put('user', 'u1', {
      id: 'u1',
      role: 'clinician',
      organization: 'Organization/1',
    });
    await store.records.put('user-name', 'ann', { user: 'u1' });
    await store.records.put('Client', 'lab', {
      smart_scope: 'system/Observation.c',
      organization: 'Organization/1',
    });
  });

  const ask = async (who: Caller, query = '') => {
    const { status, json, text } = await inside.as(who)('GET', `$permissions${query}`);
    return { status, text, parts: (json as { parameter?: Part[] }).parameter ?? [] };
  };
  const valueOf = (parts: readonly Part[], name: string) => {
    const found = parts.find((part) => part.name === name);
    return found?.valueCode ?? found?.valueString;
  };
  const permissionOf = (parts: readonly Part[], type: string) =>
    parts.find(({ name, part = [] }) => name === 'permission' && valueOf(part, 'type') === type)
      ?.part ?? [];
  const rightsOf = (parts: readonly Part[], type: string) =>
    permissionOf(parts, type)
      .filter(({ name }) => name === 'right')
      .map(({ part = [] }) => valueOf(part, 'code'));

  it('tells a patient the own rights, with reach and scopes', async () => {
    const { parts } = await ask(patient);
    const observation = permissionOf(parts, 'Observation');

    expect(valueOf(parts, 'role')).to.equal('patient');
    expect(rightsOf(parts, 'Observation')).to.deep.equal(['read', 'search']);
    expect(valueOf(observation, 'rule')).to.equal('Observation');
    expect(observation.find(({ name }) => name === 'right')?.part).to.deep.equal([
      { name: 'code', valueCode: 'read' },
      { name: 'reach', valueString: 'those of the own record, or of the person one stands for' },
      { name: 'scope', valueString: 'patient/Observation.rs?code=a' },
    ]);
    expect(rightsOf(parts, 'Patient')).to.deep.equal(['read', 'update', 'search']);
    expect(permissionOf(parts, 'Patient').filter(({ name }) => name === 'element')).to.have.length(
      7,
    );
    expect(rightsOf(parts, 'Condition')).to.deep.equal([]);
  });

  it('tells an administrator of a user, by id and by name, and through a client', async () => {
    const byId = await ask(administrator, '?user=u1');
    const byName = await ask(administrator, '?user=Ann');
    const through = await ask(administrator, '?user=u1&client=lab');

    expect(byName.text).to.equal(byId.text);
    expect(rightsOf(byId.parts, 'Condition')).to.deep.equal([
      ...['create', 'read', 'update', 'delete', 'search'],
    ]);
    expect(through.parts.filter(({ name }) => name === 'permission')).to.deep.equal([]);
  });

  it('tells an administrator of a system client', async () => {
    const { parts } = await ask(administrator, '?client=lab');

    expect(valueOf(parts, 'role')).to.equal('system');
    expect(rightsOf(parts, 'Observation')).to.deep.equal(['create']);
    expect(parts.filter(({ name }) => name === 'permission')).to.have.length(1);
  });

  it('tells of others to nobody else, whether they are there or not', async () => {
    expect((await ask(patient, '?user=u1')).status).to.equal(403);
    expect((await ask(patient, '?user=nobody')).status).to.equal(403);
    expect((await ask({ ...administrator, scopes: ['openid'] }, '?user=u1')).status).to.equal(403);
    expect((await ask(administrator, '?user=nobody')).status).to.equal(404);
  });

  it('says what the permits do: no more and no less', async () => {
    const callers: readonly Caller[] = [
      { ...patient, scopes: ['patient/*.cruds'] },
      { ...common, role: 'clinician', organization: 'Organization/1', scopes: ['user/*.cruds'] },
      { ...common, role: 'desk', organization: 'Organization/1', scopes: ['user/*.cruds'] },
      { ...common, role: 'pharmacist', organization: 'Organization/1', scopes: ['user/*.cruds'] },
      { ...common, role: 'biller', organization: 'Organization/1', scopes: ['user/*.cruds'] },
      { ...common, role: 'system', organization: 'Organization/1', scopes: ['system/*.cruds'] },
      { ...common, role: 'network', scopes: ['system/*.cruds'] },
      administrator,
    ];
    for (const caller of callers) {
      const permit = await inside.authorize(caller);
      const { parts } = await ask(caller);
      for (const type of inside.context.definitions.resourceTypes) {
        const allowed = (['create', 'read', 'update', 'delete', 'search'] as const).filter(
          (right) => permit.allows(right, type),
        );
        expect(rightsOf(parts, type), `${caller.role} ${type}`).to.deep.equal(allowed);
      }
    }
  });

  it('is defined as it is', async () => {
    const text = await readFile('profiles/OperationDefinition-permissions.json', 'utf8');
    const { status, json } = await inside.by()('POST', 'OperationDefinition/$validate', {
      body: JSON.parse(text) as object,
    });
    const issues = (json as { issue: { severity: string }[] }).issue;

    expect(status).to.equal(200);
    expect(issues.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
  });
});
