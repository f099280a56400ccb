// Looking after somebody, through the public API alone: a parent registers a child, finds it in the picker without a new password,
// and a second parent comes by invitation. STORE=mongo runs it over MongoDB.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Parameters, Patient } from 'fhir/r4.js';
import { createUsers } from '#src/oauth/users/users.ts';
import { newId } from '#src/platform/ids.ts';
import { ask } from '../support/ask.ts';
import { messagesTo } from './sign-up/support.ts';
import { launch } from './support/launch.ts';
import { openWorld, password, type World } from './support/world.ts';

const scope = 'launch/patient openid fhirUser patient/*.cruds';
const relationship = {
  name: 'relationship',
  valueCodeableConcept: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'PRN' }],
  },
};

describe('looking after somebody', function () {
  this.timeout(120_000);
  let world: World;
  let client: string;
  let dataDir: string;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'meridian-dependants-'));
    world = await openWorld({ dataDir });
    client = await world.addClient({});
    const { records } = world.context.store;
    await createUsers({ records, now: Date.now, newId }).create({
      ...{ username: 'carla', name: 'Carla Lind', role: 'patient', password },
      fhirUser: 'Patient/carla',
    });
  });
  after(async () => {
    await world.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const tokenOf = async (user: string, patient: string): Promise<string> =>
    (await launch(world, { client, scope, user, patient })).body.access_token as string;
  const post = (path: string, token: string, ...parameter: readonly object[]) =>
    ask(`${world.base}/${path}`, {
      ...{ method: 'POST', headers: { authorization: `Bearer ${token}` } },
      body: { resourceType: 'Parameters', parameter },
    });
  const read = (path: string, token: string) =>
    ask(`${world.base}/${path}`, { headers: { authorization: `Bearer ${token}` } });

  it('is one registration and one launch, and a second guardian comes by invitation', async () => {
    const resource: Patient = {
      ...{ resourceType: 'Patient', gender: 'female' },
      birthDate: `${String(new Date().getUTCFullYear() - 3)}-05-06`,
      name: [{ family: 'Rao', given: ['Mira'] }],
    };
    const asha = await tokenOf('asha', 'asha');
    const made = await post(
      'Patient/$register-dependant',
      asha,
      { name: 'resource', resource },
      relationship,
    );
    expect(made.status, made.text).to.equal(201);
    const { parameter } = made.json as Parameters;
    const child = parameter![0]!.valueReference!.reference!.replace('Patient/', '');
    expect((await read(`Patient/${child}`, asha)).status).to.equal(404);

    const forChild = await tokenOf('asha', child);
    expect((await read(`Patient/${child}`, forChild)).json.name[0].given).to.deep.equal(['Mira']);
    const invited = await post(`Patient/${child}/$invite-guardian`, forChild, {
      ...{ name: 'contact', valueString: 'carla@example.org' },
    });
    expect(invited.status, invited.text).to.equal(202);
    const [message] = await messagesTo(dataDir, 'carla@example.org');
    const secret = /[A-Z2-9]{4}(?:-[A-Z2-9]{4}){3}/.exec(message!)![0];
    const carla = await tokenOf('carla', 'carla');
    const accepted = await post(
      'Patient/$accept-guardianship',
      carla,
      { name: 'invitation', valueString: secret },
      relationship,
    );
    expect(accepted.status, accepted.text).to.equal(201);

    const second = await tokenOf('carla', child);
    expect((await read(`Patient/${child}`, second)).status).to.equal(200);
    const consents = (await read('Consent', second)).json.entry as { resource: object }[];
    expect(consents).to.have.length(2);
  });

  it('gives the child no handle to strangers, and the parent one for the child', async () => {
    const asha = await tokenOf('asha', 'ben');

    const own = await post('Patient/ben/$alias', asha);
    const other = await post('Patient/carla/$alias', asha);

    expect(own.json.parameter[0].valueString).to.match(/^\w{4}-\w{4}-\w{4}$/);
    expect(other.status).to.equal(404);
  });
});
