// What a patient takes along, health cards and the summary: a whole server asked over HTTP with tokens, on every engine that keeps.

import { expect } from 'chai';
import type { Bundle, Parameters, Patient } from 'fhir/r4.js';
import { createLocalJWKSet, compactVerify, type JSONWebKeySet } from 'jose';
import { clientOf, resourceOf, type Answer, type Client } from '#test/support/client.ts';
import { useMongo } from '#test/support/mongo.ts';
import { startServer, type TestServer } from '#test/support/server.ts';

const cvx = 'http://hl7.org/fhir/sid/cvx';

interface Started {
  readonly server: TestServer;
  close(): Promise<void>;
}

const env = { ENROL_ON_CREATE: 'on' };
const engines: Readonly<Record<string, () => Promise<Started>>> = {
  sqlite: async () => {
    const server = await startServer({ guard: 'standard', env });
    return { server, close: () => server.close() };
  },
  mongo: async () => {
    const mongo = await useMongo();
    const url = mongo.freshUrl();
    const server = await startServer({ guard: 'standard', env: { ...env, MONGODB_URL: url } });
    const close = async (): Promise<void> => {
      await server.close();
      await mongo.drop(url);
      await mongo.release();
    };
    return { server, close };
  },
};

for (const [name, start] of Object.entries(engines))
  describe(`taking records along over HTTP on ${name}`, function () {
    this.timeout(120_000);
    let started: Started;
    let hospital: Client;
    let anna: Client;
    let bert: Client;
    let patient: Patient;

    const clients: Client[] = [];
    const signedIn = async (values: Readonly<Record<string, string>>): Promise<Client> => {
      const { application, base } = started.server;
      const parameters = Object.entries(values);
      const [output] = await application.administer({ command: 'create-token', parameters });
      const client = clientOf(base, String(output!['valueString']));
      clients.push(client);
      return client;
    };
    const create = async (body: { resourceType: string }) =>
      resourceOf(await hospital.post(body.resourceType, body), 201);
    const person = (given: string, birthDate: string) =>
      create({
        resourceType: 'Patient',
        ...{ name: [{ family: 'Rao', given: [given] }], birthDate, gender: 'female' },
      }) as Promise<Patient>;

    before(async () => {
      started = await start();
      const network = await signedIn({ scope: 'system/*.cruds' });
      const north = { resourceType: 'Organization', id: 'north', name: 'North' };
      resourceOf(await network.put('Organization/north', north), 201);
      hospital = await signedIn({ scope: 'system/*.cruds', organization: 'Organization/north' });
      patient = await person('Anna', '1990-02-03');
      const other = await person('Berta', '1961-12-24');
      await create({
        ...{ resourceType: 'Immunization', status: 'completed' },
        ...{ vaccineCode: { coding: [{ system: cvx, code: '207' }] } },
        ...{ patient: { reference: `Patient/${patient.id!}` }, occurrenceDateTime: '2021-01-01' },
      });
      anna = await signedIn({ scope: 'patient/*.cruds', patient: patient.id! });
      bert = await signedIn({ scope: 'patient/*.cruds', patient: other.id! });
    });
    after(async () => {
      clients.forEach((client) => {
        client.close();
      });
      await started.close();
    });

    const path = (operation: string) => `Patient/${patient.id!}/${operation}`;
    const cardsIn = (answer: Answer): readonly string[] =>
      ((resourceOf(answer) as Parameters).parameter ?? []).flatMap(
        ({ valueString }) => valueString ?? [],
      );
    const published = async <T>(address: string): Promise<T> =>
      (await (await fetch(`${started.server.url}${address}`)).json()) as T;
    const uhid = () =>
      patient.identifier!.find(({ system }) => system === 'https://meridian.example/uhid')!;

    it('gives cards that verify with the published keys', async () => {
      const issued = await anna.get(path('$health-cards-issue?credentialType=%23immunization'));
      const keys = createLocalJWKSet(await published<JSONWebKeySet>('/.well-known/jwks.json'));

      const [card = ''] = cardsIn(issued);
      const { protectedHeader } = await compactVerify(card, keys);

      expect(protectedHeader.alg).to.equal('ES256');
    });

    it('answers an operation sent as Parameters alike', async () => {
      const parameter = [{ name: 'credentialType', valueUri: 'Patient' }];

      const answer = await anna.post(path('$health-cards-issue'), {
        ...{ resourceType: 'Parameters', parameter },
      });

      expect(cardsIn(answer)).to.have.length(1);
    });

    it('lists the cards that were revoked, for anybody', async () => {
      const [card = ''] = cardsIn(
        await anna.get(path('$health-cards-issue?credentialType=Patient')),
      );
      const { kid } = JSON.parse(Buffer.from(card.split('.')[0]!, 'base64url').toString()) as {
        kid: string;
      };

      resourceOf(await anna.post(path('$health-cards-revoke'), { resourceType: 'Parameters' }));

      const { rids } = await published<{ rids: readonly string[] }>(`/.well-known/crl/${kid}.json`);
      expect(rids).to.have.length(1);
    });

    it('gives the summary with the health ID, by id and by the number as people write it', async () => {
      const value = uhid().value!;
      const typed = `${value.slice(0, 2)}-${value.slice(2, 6)}-${value.slice(6, 10)}-${value.slice(10)}`;

      const byId = resourceOf(await anna.get(path('$summary'))) as Bundle;
      const byNumber = resourceOf(
        await anna.get(
          `Patient/$summary?identifier=${encodeURIComponent(`${uhid().system!}|${typed}`)}`,
        ),
      ) as Bundle;

      for (const bundle of [byId, byNumber]) {
        expect(bundle.type).to.equal('document');
        const found = bundle.entry![1]!.resource as Patient;
        expect(found.identifier).to.deep.include(uhid());
      }
    });

    for (const operation of ['$summary', '$health-cards-issue?credentialType=Patient'])
      describe(operation, () => {
        it('answers 401 without a token', async () => {
          const nobody = clientOf(started.server.base);

          const { status } = await nobody.get(path(operation));

          expect(status).to.equal(401);
          nobody.close();
        });

        it('answers another patient as if there were none', async () => {
          const hidden = await bert.get(path(operation));
          const unknown = await bert.get(`Patient/nobody/${operation}`);

          expect(hidden.status).to.equal(404);
          expect(hidden.text.replace(patient.id!, '*')).to.equal(
            unknown.text.replace('nobody', '*'),
          );
        });

        it('answers 403 to a token without any right to Patients', async () => {
          const narrow = await signedIn({ scope: 'patient/Immunization.rs', patient: patient.id! });

          expect((await narrow.get(path(operation))).status).to.equal(403);
        });
      });

    it('makes cards of nothing that the token does not include', async () => {
      const narrow = await signedIn({ scope: 'patient/Patient.rs', patient: patient.id! });

      const refused = await narrow.get(path('$health-cards-issue?credentialType=Immunization'));
      const summary = resourceOf(await narrow.get(path('$summary'))) as Bundle;

      expect(refused.status).to.equal(403);
      expect(summary.entry!.map(({ resource }) => resource!.resourceType)).not.to.include(
        'Immunization',
      );
    });

    it('stands in the patient’s list of accesses', async () => {
      const reader = await signedIn({ scope: 'system/AuditEvent.rs' });
      await anna.get(path('$summary'));

      const { entry = [] } = resourceOf(
        await reader.get(`AuditEvent?entity=Patient/${patient.id!}&_count=200`),
      ) as Bundle;

      expect(JSON.stringify(entry)).to.include('$summary');
    });
  });
