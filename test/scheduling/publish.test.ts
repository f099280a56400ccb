// SMART Scheduling Links: what everybody may see of the times that hospitals publish, and that it is no more than that.
// https://build.fhir.org/ig/HL7/smart-scheduling-links/en/specification.html

import { expect } from 'chai';
import type { Appointment, FhirResource, Location, Schedule, Slot } from 'fhir/r4.js';
import { unrestricted } from '#src/access/permit.ts';
import { documentOf } from '#src/fhir/json.ts';
import type { FhirRequest } from '#src/interactions/types.ts';
import { clientOf, jsonOf, type Answer, type Client } from '#test/support/client.ts';
import { describeOnStores, startServer, type TestServer } from '#test/support/server.ts';
import { scheduleOf, type Availability } from './support.ts';

interface Manifest {
  readonly transactionTime: string;
  readonly request: string;
  readonly output: readonly {
    readonly type: string;
    readonly url: string;
    readonly extension?: { readonly state: readonly string[] };
  }[];
}

const published = { url: 'published', valueBoolean: true };
const secret = /Patient|Practitioner|Asha|Menon|availability|secret/;
const deepLink =
  'http://hl7.org/fhir/uv/smart-scheduling-links/StructureDefinition/booking-deep-link';
const capacity = 'http://hl7.org/fhir/uv/smart-scheduling-links/StructureDefinition/slot-capacity';

describeOnStores('the times that are published', (store) => {
  let server: TestServer;
  let anybody: Client;

  const send = async (
    method: 'PUT' | 'POST',
    path: string,
    { body, by = 'Organization/h' }: { readonly body: object; readonly by?: string },
  ): Promise<unknown> => {
    const request: FhirRequest = {
      ...{ method, path, query: [], headers: {}, base: server.base },
      body: documentOf(body as never),
    };
    const { text } = await server.context.dispatch(request, { ...unrestricted, custodian: by });
    return JSON.parse(text!);
  };
  const put = (resource: object & { resourceType: string; id: string }, by?: string) =>
    send('PUT', `${resource.resourceType}/${resource.id}`, {
      body: resource,
      ...(by === undefined ? {} : { by }),
    });
  const putSchedule = (id: string, rules: Availability, place = 'ward', by?: string) =>
    put(
      {
        ...scheduleOf(rules),
        id,
        serviceType: [{ text: 'Cardiology' }],
        actor: [
          { reference: 'Practitioner/dr', display: 'Dr. Menon' },
          { reference: `Location/${place}` },
        ],
        comment: 'secret',
      } as never,
      by,
    );
  const get = (path: string): Promise<Answer> => anybody.get(path);
  const manifest = async (): Promise<Manifest> => jsonOf(await get('$bulk-publish')) as Manifest;
  const filesOf = async (type: string, state?: string): Promise<readonly string[]> =>
    (await manifest()).output
      .filter((each) => each.type === type)
      .filter(({ extension }) => state === undefined || extension?.state[0] === state)
      .map(({ url }) => url);
  const linesOf = async <T extends FhirResource>(url: string): Promise<readonly T[]> => {
    const { status, text } = await get(url);
    expect(status, text).to.equal(200);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as T);
  };
  const all = async <T extends FhirResource>(type: T['resourceType'], state?: string) =>
    (await Promise.all((await filesOf(type, state)).map((url) => linesOf<T>(url)))).flat();

  before(async () => {
    server = await startServer({ store, guard: 'standard' });
    anybody = clientOf(server.base);
    const address = (state: string) => ({ line: ['1 Main Road'], city: 'Pune', state });
    const h = { reference: 'Organization/h' };
    const phone = [{ system: 'phone', value: '+91 20 1234' }];
    await put({ resourceType: 'Organization', id: 'h', name: 'H', telecom: phone } as never);
    await put({ resourceType: 'Practitioner', id: 'dr' });
    await put({ resourceType: 'Patient', id: 'a', name: [{ family: 'Asha' }] } as never);
    const place = (id: string, state: string) => ({
      ...{ resourceType: 'Location', id, name: `Ward ${id}`, managingOrganization: h },
      ...{ address: address(state), alias: ['secret'] },
    });
    await put(place('ward', 'Maharashtra'));
    await put(place('far', 'Kerala'));
    await put(place('theirs', 'Kerala'), 'Organization/other');
    await putSchedule('open', { length: 120, more: [published] });
    await putSchedule('group', {
      length: 240,
      more: [published, { url: 'capacity', valuePositiveInt: 3 }],
    });
    await putSchedule('hidden', { length: 120 });
    await putSchedule('elsewhere', { more: [published] }, 'theirs');
    for (let n = 10; n < 35; n += 1)
      await putSchedule(`k${String(n)}`, { length: 480, more: [published] }, 'far');
  });
  after(async () => {
    anybody.close();
    await server.close();
  });

  it('are listed for everybody, by state, with addresses of files', async () => {
    const answer = await get('$bulk-publish');

    const { request, output } = jsonOf(answer) as Manifest;
    expect(answer.status).to.equal(200);
    expect(answer.headers['content-type']).to.equal('application/json');
    expect(answer.headers['cache-control']).to.equal('public, max-age=60');
    expect(request).to.equal(`${server.base}/$bulk-publish`);
    expect([...new Set(output.map(({ extension }) => extension!.state[0]))]).to.deep.equal([
      'Kerala',
      'Maharashtra',
    ]);
    expect([...new Set(output.map(({ type }) => type))]).to.have.members([
      ...['Location', 'Schedule', 'Slot'],
    ]);
  });

  it('are only those of Schedules that say so, at places of the same organization', async () => {
    const schedules = await all<Schedule>('Schedule');

    const ids = schedules.map(({ id }) => id!);
    expect(ids).to.include.members(['open', 'group', 'k10', 'k34']);
    expect(ids).to.not.include.members(['hidden']);
    expect(ids).to.not.include.members(['elsewhere']);
  });

  it('say of places, Schedules and times what is needed to book, and nothing of anybody', async () => {
    const files = (await manifest()).output.map(({ url }) => url);
    const texts = await Promise.all(files.map(async (url) => (await get(url)).text));
    const [place] = await all<Location>('Location', 'Maharashtra');
    const open = (await all<Schedule>('Schedule')).find(({ id }) => id === 'open');

    for (const text of texts) expect(text).not.to.match(secret);
    expect(Object.keys(place!)).to.have.members([
      ...['resourceType', 'id', 'name', 'address', 'telecom'],
    ]);
    expect(place!.telecom).to.deep.equal([{ system: 'phone', value: '+91 20 1234' }]);
    expect(open).to.deep.equal({
      ...{ resourceType: 'Schedule', id: 'open', serviceType: [{ text: 'Cardiology' }] },
      actor: [{ reference: 'Location/ward' }],
    });
  });

  it('are each in one file, however many Schedules there are', async () => {
    const slots = await all<Slot>('Slot', 'Kerala');

    const ids = slots.map(({ id }) => id!);
    const schedules = new Set(slots.map(({ schedule }) => schedule.reference));
    expect(ids).to.have.length(new Set(ids).size);
    expect(schedules).to.have.length(25);
    expect(await filesOf('Slot', 'Kerala')).to.have.length(2 * 4);
  });

  it('lead to where they are booked while they are free, and are busy then', async () => {
    const slots = async () => all<Slot>('Slot', 'Maharashtra');
    const mine = (await slots()).filter(({ schedule }) => schedule.reference === 'Schedule/open');
    const wanted = mine.at(-1)!;
    const links = (slot: Slot) => slot.extension?.filter(({ url }) => url === deepLink) ?? [];

    const body = {
      resourceType: 'Parameters',
      parameter: [
        {
          name: 'appointment-reference',
          valueReference: { reference: `Appointment/${wanted.id!}` },
        },
        { name: 'patient-reference', valueReference: { reference: 'Patient/a' } },
      ],
    };
    const booked = (await send('POST', 'Appointment/$book', { body })) as Appointment;
    const after = (await slots()).find(({ id }) => id === wanted.id)!;

    expect(booked.status).to.equal('booked');
    expect(links(wanted)[0]!.valueUrl).to.equal(
      `${server.url}/apps/portal/visits/new?time=${wanted.id!}`,
    );
    expect([wanted.status, after.status]).to.deep.equal(['free', 'busy']);
    expect(links(after)).to.deep.equal([]);
    expect(JSON.stringify(after)).not.to.match(secret);
  });

  it('say how many places a group has left', async () => {
    const [group] = (await all<Slot>('Slot', 'Maharashtra')).filter(
      ({ schedule }) => schedule.reference === 'Schedule/group',
    );

    const left = group!.extension!.find(({ url }) => url === capacity);
    expect(left!.valueInteger).to.equal(3);
  });

  it('open nothing else to who has not signed in', async () => {
    const paths = [
      ...['Slot', 'Schedule', 'Location', 'Schedule/open', 'Location/ward', 'Patient/$published'],
      ...[
        'Appointment/$find?start=2030-01-01T00:00:00Z&end=2030-01-02T00:00:00Z',
        'Slot/x/$published',
      ],
      'Slot/$published/x',
    ];

    const answers = await Promise.all(paths.map(get));

    for (const [place, { status }] of answers.entries())
      expect(status, paths[place]).to.be.oneOf([401, 404]);
    for (const { text } of answers) expect(text).to.include('OperationOutcome');
  });

  it('are refused with what to do when the address makes no sense, and empty where there are none', async () => {
    const [file] = await filesOf('Slot');
    const from = new URL(file!).searchParams.get('from')!;

    const answers = await Promise.all([
      get('Slot/$published?state=Kerala'),
      get('Slot/$published?state=Kerala&from=1999-01-01'),
      get('Slot/$published?stat=Kerala'),
      get('$bulk-publish?_sinse=2026-01-01T00:00:00Z'),
      get(`Slot/$published?state=Nowhere&from=${from}`),
      get(`Slot/$published?state=Kerala&part=99&from=${from}`),
      anybody.post('Slot/$published', { resourceType: 'Parameters' }),
    ]);

    expect(answers.map(({ status }) => status)).to.deep.equal([400, 400, 400, 400, 200, 200, 400]);
    expect([answers[4].text, answers[5].text]).to.deep.equal(['', '']);
  });

  it('are given in their own form, whatever form is asked for, and to every page', async () => {
    const headers = { accept: 'application/fhir+ndjson', origin: 'https://elsewhere.example' };

    const answer = await anybody.get('Location/$published?state=Kerala', headers);

    expect(answer.status).to.equal(200);
    expect(answer.headers['content-type']).to.equal('application/fhir+ndjson');
    expect(answer.headers['access-control-allow-origin']).to.equal('*');
  });
});

describe('the times that are published, when somebody asks too often', function () {
  this.timeout(60_000);

  it('are refused for a while', async () => {
    const env = { RATE_LIMIT: 'on', RATE_LIMIT_ADDRESS: '30' };
    const server = await startServer({ guard: 'standard', env });
    const anybody = clientOf(server.base);
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await anybody.get('$bulk-publish')).status);
    anybody.close();
    await server.close();

    expect(statuses[0]).to.equal(200);
    expect(statuses.at(-1)).to.equal(429);
  });
});
