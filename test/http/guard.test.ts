// The guard of the product: a token or nothing, but for what is public; the same before Express and behind it.

import { expect } from 'chai';
import { ask } from '#test/support/ask.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { loadDemonstration } from '#src/administration/demonstration.ts';

for (const express of [false, true])
  describe(`http/guard ${express ? 'behind Express' : 'before Express'}`, () => {
    let server: TestServer;
    before(async () => {
      server = await startServer({ guard: 'standard', express });
      const { context, base, application } = server;
      await loadDemonstration({ context, base, administer: application.administer });
    });
    after(() => server.close());

    const tokenOf = async (values: Readonly<Record<string, string>>): Promise<string> => {
      const parameters = Object.entries(values);
      const [output] = await server.application.administer({ command: 'create-token', parameters });
      return String(output!['valueString']);
    };
    const get = async (path: string, token?: string) =>
      ask(`${server.base}/${path}`, {
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      });

    for (const path of ['Patient/priya-sharma', 'Patient', '', '_history', 'Patient/$meta'])
      it(`answers 401 and how to sign in to '${path}' without a token`, async () => {
        const { status, headers, json } = await get(path);

        expect(status).to.equal(401);
        expect(headers['www-authenticate']).to.match(/^Bearer /);
        expect(json.resourceType).to.equal('OperationOutcome');
        expect(json.issue[0].code).to.equal('login');
      });

    it('answers 401 to a token that is none', async () => {
      const { status, headers } = await get('Patient/priya-sharma', 'made-up');

      expect(status).to.equal(401);
      expect(headers['www-authenticate']).to.contain('invalid_token');
    });

    for (const path of ['metadata', '.well-known/smart-configuration'])
      it(`shows ${path} to everyone`, async () => {
        expect((await get(path)).status).to.equal(200);
      });

    it('gives a clinician what the own hospital keeps, and nothing of the other', async () => {
      const token = await tokenOf({ scope: 'user/*.rs', user: 'Practitioner/dr-deshpande' });
      const found = await get('Observation?patient=priya-sharma&code=8867-4', token);

      expect((await get('Observation/hba1c-priya-3', token)).status).to.equal(200);
      expect((await get('Observation/pulse-priya-lakeside', token)).status).to.equal(404);
      expect(found.json.entry ?? []).to.deep.equal([]);
    });

    it('gives a patient the own record of both hospitals, and nobody else’s', async () => {
      const token = await tokenOf({ scope: 'patient/*.rs', patient: 'priya-sharma' });

      expect((await get('Observation/pulse-priya-lakeside', token)).status).to.equal(200);
      expect((await get('Patient/arjun-nair', token)).status).to.equal(404);
    });

    it('gives a proxy the record of the child while the consent is active', async () => {
      const token = await tokenOf({
        ...{ scope: 'patient/*.rs', patient: 'kabir-das', user: 'RelatedPerson/ruma-das' },
      });

      expect((await get('Patient/kabir-das', token)).status).to.equal(200);
      expect((await get('Condition/asthma-kabir', token)).status).to.equal(200);
      expect((await get('Patient/priya-sharma', token)).status).to.equal(404);
    });

    it('gives an administrator no clinical content', async () => {
      const [root] = (await server.context.store.records.find('user', {
        role: 'administrator',
      })) as [{ readonly id: string }];
      const token = await tokenOf({ scope: 'user/*.cruds', 'user-name': 'root' });

      expect(root.id).to.be.a('string');
      expect((await get('Observation', token)).status).to.equal(403);
      expect((await get('Organization/sahyadri', token)).status).to.equal(200);
    });

    it('refuses what the scopes leave out aloud', async () => {
      const token = await tokenOf({ scope: 'patient/Patient.r', patient: 'priya-sharma' });

      expect((await get('Observation', token)).status).to.equal(403);
    });

    it('ends at once when the access is revoked', async () => {
      const token = await tokenOf({ scope: 'user/*.rs', user: 'Practitioner/dr-iyer' });
      const before = (await get('Patient/kabir-das', token)).status;
      await server.application.administer({
        command: 'revoke-access',
        parameters: [['user', 'iyer']],
      });

      expect(before).to.equal(200);
      expect((await get('Patient/kabir-das', token)).status).to.equal(401);
    });

    it('answers HEAD as GET, without a body', async () => {
      const { status, text } = await ask(`${server.base}/Patient/priya-sharma`, { method: 'HEAD' });

      expect([status, text]).to.deep.equal([401, '']);
    });
  });
