// Old data that are brought in, as the demonstration's are: who gets a health ID is decided as for any create.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Bundle, Patient, Task } from 'fhir/r4.js';
import { bundleOf, clientOf, type Client } from '#test/support/client.ts';
import { describeOnStores, startServer, type TestServer } from '#test/support/server.ts';

const system = 'https://meridian.example/uhid';
const seed = readFileSync(
  join(import.meta.dirname, '../../seed/demonstration/sahyadri.json'),
  'utf8',
);
const sent = (JSON.parse(seed) as Bundle).entry!.filter(
  ({ resource }) => resource?.resourceType === 'Patient',
);

describeOnStores('bringing in old data', (store) => {
  let server: TestServer;
  let client: Client;
  const open = async (enrol: 'on' | 'off'): Promise<void> => {
    server = await startServer({ store, env: { ENROL_ON_CREATE: enrol } });
    client = clientOf(server.base);
    expect((await client.post('', seed)).status).to.equal(200);
  };
  afterEach(async () => {
    client.close();
    await server.close();
  });
  const all = async <T>(type: string): Promise<readonly T[]> =>
    (bundleOf(await client.get(`${type}?_count=500`)).entry ?? []).map(
      ({ resource }) => resource as T,
    );
  const numbersOf = ({ identifier = [] }: Patient) =>
    identifier.filter((each) => each.system === system);

  it('gives everybody of a file a health ID, or a Task, with ENROL_ON_CREATE', async () => {
    await open('on');

    const patients = await all<Patient>('Patient');
    const doubtful = new Set((await all<Task>('Task')).map(({ focus }) => focus?.reference));

    expect(patients).to.have.length(sent.length);
    for (const patient of patients)
      expect(numbersOf(patient).length, patient.id).to.equal(
        doubtful.has(`Patient/${patient.id!}`) ? 0 : 1,
      );
    expect(patients.filter((patient) => numbersOf(patient).length === 1)).to.not.deep.equal([]);
  });

  it('stores everybody of a file as sent, without ENROL_ON_CREATE', async () => {
    await open('off');

    const patients = await all<Patient>('Patient');

    expect(patients).to.have.length(sent.length);
    expect(patients.flatMap(numbersOf)).to.deep.equal([]);
  });
});
