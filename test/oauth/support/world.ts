// A server with patients, people who sign in and apps, for the tests of the authorization server.

import { randomUUID } from 'node:crypto';
import type { User } from '../../../src/access/user.ts';
import { parseJson } from '../../../src/fhir/json.ts';
import { hashSecret } from '../../../src/oauth/client-secret.ts';
import { createUsers } from '../../../src/oauth/users/users.ts';
import { newId } from '../../../src/platform/ids.ts';
import { unrestricted } from '../../../src/access/permit.ts';
import { startServer, type ServerOptions, type TestServer } from '../../support/server.ts';
import { openBrowser, type Browser } from './browser.ts';

export const password = 'seven green lanterns over water';
export const redirectUri = 'https://app.example/callback';

export interface World extends TestServer {
  readonly users: Readonly<Record<'asha' | 'dora' | 'sam', User>>;
  readonly browser: () => Browser;
  /** Adds a client and gives its id. */
  readonly addClient: (metadata: object) => Promise<string>;
}

/** Asha (Patient/asha) is Ben's mother; Dora a clinician of Organization/north, which keeps both; Sam one of Organization/south. */
export const openWorld = async (options: ServerOptions = {}): Promise<World> => {
  const server = await startServer({ guard: 'standard', ...options });
  await store(server, resources);
  const users = createUsers({ records: server.context.store.records, now: Date.now, newId });
  const asha = await users.create({
    ...{ username: 'asha', name: 'Asha Rao', role: 'patient', password },
    ...{ fhirUser: 'Patient/asha', relatedPersons: ['RelatedPerson/asha-for-ben'] },
  });
  const dora = await users.create({
    ...{ username: 'dora', name: 'Dora North', role: 'clinician', password },
    ...{ fhirUser: 'Practitioner/dora', organization: 'Organization/north' },
  });
  const sam = await users.create({
    ...{ username: 'sam', name: 'Sam South', role: 'clinician', password },
    ...{ fhirUser: 'Practitioner/sam', organization: 'Organization/south' },
  });
  return {
    ...server,
    users: { asha, dora, sam },
    browser: () => openBrowser(server.url),
    addClient: async (metadata) => {
      const client_id = randomUUID();
      const { client_secret } = metadata as { readonly client_secret?: string };
      const secret =
        client_secret === undefined ? {} : { client_secret: await hashSecret(client_secret) };
      await server.context.store.records.put('Client', client_id, {
        ...{ client_id, client_name: 'Trial app', redirect_uris: [redirectUri] },
        ...{ grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] },
        token_endpoint_auth_method: 'none',
        ...metadata,
        ...secret,
      });
      return client_id;
    },
  };
};

const person = (id: string, given: string, family: string): object => ({
  ...{ resourceType: 'Patient', id, birthDate: '1990-02-03' },
  name: [{ use: 'official', given: [given], family }],
  identifier: [{ system: 'https://north.example/mrn', value: `mrn-${id}` }],
  managingOrganization: { reference: 'Organization/north' },
});

const resources: readonly object[] = [
  { resourceType: 'Organization', id: 'north', name: 'North' },
  { resourceType: 'Organization', id: 'south', name: 'South' },
  { resourceType: 'Practitioner', id: 'dora', name: [{ family: 'North', given: ['Dora'] }] },
  { resourceType: 'Practitioner', id: 'sam', name: [{ family: 'South', given: ['Sam'] }] },
  person('asha', 'Asha', 'Rao'),
  person('ben', 'Ben', 'Rao'),
  person('carla', 'Carla', 'Lind'),
  {
    ...{ resourceType: 'RelatedPerson', id: 'asha-for-ben', active: true },
    patient: { reference: 'Patient/ben' },
  },
  {
    ...{ resourceType: 'Consent', id: 'asha-for-ben', status: 'active' },
    scope: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' },
      ],
    },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: { reference: 'Patient/ben' },
    provision: {
      type: 'permit',
      actor: [
        {
          role: {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
                code: 'IRCP',
              },
            ],
          },
          reference: { reference: 'RelatedPerson/asha-for-ben' },
        },
      ],
    },
    policyRule: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTIN' }],
    },
  },
  {
    ...{ resourceType: 'Encounter', id: 'visit', status: 'in-progress' },
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { reference: 'Patient/asha' },
    serviceProvider: { reference: 'Organization/north' },
  },
];

/** As Organization/north, which is the custodian of all of it. */
const store = async ({ context, base }: TestServer, list: readonly object[]): Promise<void> => {
  const permit = { ...unrestricted, custodian: 'Organization/north' };
  for (const resource of list) {
    const { resourceType, id } = resource as { readonly resourceType: string; readonly id: string };
    const body = parseJson(JSON.stringify(resource), 64) as never;
    const path = `${resourceType}/${id}`;
    const request = { method: 'PUT', path, query: [], headers: {}, body, base } as const;
    await context.dispatch(request, permit);
  }
};
