// A record follows the patient to another hospital by the patient's own decision, through the public API alone, on each engine.

import { expect } from 'chai';
import type { AuditEvent, Bundle } from 'fhir/r4.js';
import { ask, type Question } from '#test/support/ask.ts';
import { useMongo } from '#test/support/mongo.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { consent } from './support/world.ts';

type Send = (path: string, question?: Question) => ReturnType<typeof ask>;
type Resource = Readonly<Record<string, unknown>> & { readonly id: string };

const uhidSystem = 'https://meridian.example/uhid';

for (const engine of ['sqlite', 'mongo'] as const)
  describe(`a report of another hospital on ${engine}`, function () {
    this.timeout(180_000);
    let server: TestServer;
    let release = () => Promise.resolve();
    const administer = async (
      command: string,
      values: Readonly<Record<string, string>>,
    ): Promise<string> => {
      const parameters = Object.entries(values);
      const [output] = await server.application.administer({ command, parameters });
      const { valueString, valueReference } = output as unknown as {
        readonly valueString?: string;
        readonly valueReference?: { readonly reference: string };
      };
      return String(valueString ?? valueReference?.reference);
    };
    const as = async (values: Readonly<Record<string, string>>): Promise<Send> => {
      const authorization = `Bearer ${await administer('create-token', values)}`;
      return (path, question = {}) =>
        ask(`${server.base}/${path}`, { ...question, headers: { authorization } });
    };
    const create = async (
      send: Send,
      body: { readonly resourceType: string } & Readonly<Record<string, unknown>>,
    ): Promise<Resource> => {
      const { status, json } = await send(body.resourceType, { method: 'POST', body });
      expect(status, JSON.stringify(json)).to.equal(201);
      return json;
    };
    const staff = async (name: string) => {
      const organization = await administer('create-organization', { name });
      const practitioner = await administer('create-practitioner', { family: name });
      const acting = { organization };
      return {
        organization,
        practitioner,
        clinician: await as({ scope: 'user/*.cruds', user: practitioner, ...acting }),
        system: await as({ scope: 'system/*.cruds', ...acting }),
      };
    };

    before(async () => {
      const env: Record<string, string> = { ENROL_ON_CREATE: 'on' };
      if (engine === 'mongo') {
        const mongo = await useMongo();
        env['MONGODB_URL'] = mongo.freshUrl();
        release = () => mongo.release();
      }
      server = await startServer({ guard: 'standard', env });
    });
    after(async () => {
      await server.close();
      await release();
    });

    it('is found after the consent, gone after the revocation, and each look stands in the list', async () => {
      const [a, b] = [await staff('Alpha'), await staff('Beta')];
      const patient = await create(a.system, {
        ...{ resourceType: 'Patient', birthDate: '1980-05-05' },
        ...{ name: [{ family: 'Sharma', given: ['Priya'] }] },
      });
      const self = await as({ scope: 'patient/*.cruds', patient: patient.id });
      const identifiers = patient['identifier'] as { system: string; value: string }[];
      const uhid = identifiers.find(({ system }) => system === uhidSystem)!.value;
      const subject = { reference: `Patient/${patient.id}` };
      const file = await create(a.system, {
        ...{ resourceType: 'Binary', contentType: 'text/plain', data: 'cmVwb3J0' },
      });
      const report = await create(a.system, {
        ...{ resourceType: 'DocumentReference', status: 'current', subject },
        content: [{ attachment: { url: `Binary/${file.id}` } }],
      });
      const other = await create(a.system, {
        ...{ resourceType: 'Condition', subject, code: { text: 'x' } },
      });
      const seen = async () => {
        const found = await b.clinician(
          `DocumentReference?patient.identifier=${uhidSystem}|${uhid}`,
        );
        const patients = await b.clinician(`Patient?identifier=${uhid}`);
        const read = [
          `DocumentReference/${report.id}`,
          `Binary/${file.id}`,
          `Condition/${other.id}`,
        ];
        const statuses: number[] = [];
        for (const path of read) statuses.push((await b.clinician(path)).status);
        const entries = [found, patients].map(
          ({ json }) => ((json as unknown as Bundle).entry ?? []).length,
        );
        return { found: entries[0], patients: entries[1], statuses };
      };
      const nothing = { found: 0, patients: 0, statuses: [404, 404, 404] };

      const first = await seen();
      const given = await create(self, {
        ...consent({
          ...{ type: 'permit', to: [b.organization], kinds: ['documents'], purposes: ['TREAT'] },
          about: subject.reference,
        }),
      });
      const second = await seen();
      const { status } = await self(`Consent/${given.id}`, {
        method: 'PUT',
        body: { ...given, status: 'inactive' },
      });
      const third = await seen();

      expect(status).to.equal(200);
      expect(first).to.deep.equal(nothing);
      expect(second).to.deep.equal({ found: 1, patients: 1, statuses: [200, 200, 404] });
      expect(third).to.deep.equal(nothing);
      const { json } = await self('AuditEvent?_count=200');
      const looks = ((json as unknown as Bundle<AuditEvent>).entry ?? [])
        .map(({ resource }) => resource!)
        .filter(({ agent }) => agent.some(({ who }) => who?.reference === b.practitioner));
      const shown = looks.flatMap(({ entity = [] }) =>
        entity.flatMap(({ what }) => what?.reference?.split('/_history/')[0] ?? []),
      );
      expect(shown).to.include.members([subject.reference, `DocumentReference/${report.id}`]);
      expect(looks.length).to.be.at.least(3);
    });
  });
