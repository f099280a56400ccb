// A whole server with a doctor who has hours, asked over HTTP by callers with any scopes.

import type { Appointment, Bundle } from 'fhir/r4.js';
import { createAuthorize } from '#src/access/authorize.ts';
import type { Caller } from '#src/access/caller.ts';
import { unrestricted } from '#src/access/permit.ts';
import type { Guard } from '#src/http/guard.ts';
import { clientOf, resourceOf, type Client } from '#test/support/client.ts';
import { startServer, type StoreName, type TestServer } from '#test/support/server.ts';
import { scheduleOf } from './support.ts';

export interface Clinic {
  readonly server: TestServer;
  /** The server itself, on behalf of Organization/h. */
  readonly staff: Client;
  as(caller: Caller): Client;
  close(): Promise<void>;
}

/** Organization/h with Practitioner/dr, whose Schedule/s is always open, and the Patients a and b. */
export const openClinic = async (store: StoreName, dataDir?: string): Promise<Clinic> => {
  const callers = new Map<string, Caller>();
  const clients: Client[] = [];
  const guard: Guard = ({ headers: { authorization = '' } }) => {
    const caller = callers.get(authorization);
    return caller ? authorize(caller) : { ...unrestricted, custodian: 'Organization/h' };
  };
  const server = await startServer({ store, guard, ...(dataDir === undefined ? {} : { dataDir }) });
  const { context, base } = server;
  const authorize = createAuthorize({ ...context, resources: context.store.resources, base });
  const clientFor = (token: string): Client => {
    const client = clientOf(base, token);
    clients.push(client);
    return client;
  };
  const staff = clientFor('staff');
  for (const resource of [
    { resourceType: 'Organization', id: 'h', name: 'H' },
    { resourceType: 'Practitioner', id: 'dr' },
    { resourceType: 'Patient', id: 'a' },
    { resourceType: 'Patient', id: 'b' },
    { ...scheduleOf({}), id: 's' },
  ])
    resourceOf(await staff.put(`${resource.resourceType}/${resource.id}`, resource), 201);
  return {
    ...{ server, staff },
    as: (caller) => {
      const token = `t${String(callers.size)}`;
      callers.set(`Bearer ${token}`, caller);
      return clientFor(token);
    },
    close: async () => {
      for (const client of clients) client.close();
      await server.close();
    },
  };
};

const reference = (id: string) => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'appointment-reference', valueReference: { reference: `Appointment/${id}` } },
  ],
});

/** Ids of proposals, soonest first, from the day after tomorrow. */
export const proposals = async (client: Client): Promise<readonly string[]> => {
  const start = (Math.ceil(Date.now() / 86_400_000) + 1) * 86_400_000;
  const [from, to] = [start, start + 86_400_000].map((at) => new Date(at).toISOString());
  const answer = await client.get(`Appointment/$find?start=${from!}&end=${to!}`);
  const { entry = [] } = resourceOf(answer) as Bundle<Appointment>;
  return entry.map(({ resource }) => resource!.id!);
};

export const asking = (client: Client) => ({
  hold: (id: string) => client.post('Appointment/$hold', reference(id)),
  book: (id: string) => client.post('Appointment/$book', reference(id)),
  move: (id: string, to: string) => client.post(`Appointment/${id}/$reschedule`, reference(to)),
  cancel: (id: string) => client.post(`Appointment/${id}/$cancel`, { resourceType: 'Parameters' }),
  noShow: (id: string) => client.post(`Appointment/${id}/$no-show`, { resourceType: 'Parameters' }),
});
