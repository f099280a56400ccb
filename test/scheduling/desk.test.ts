// What a desk does over the plain API: keep the Schedules of its own organization, and check in who comes.

import { expect } from 'chai';
import type { Appointment, Bundle, Schedule } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { idsOf, resourceOf, type Answer, type Client } from '#test/support/client.ts';
import { describeOnStores } from '#test/support/server.ts';
import { asking, openClinic, proposals, type Clinic } from './server.ts';
import { availability, desk, patient, scheduleOf } from './support.ts';

/** What the desk's app asks for, and no more. */
const scopes = [
  ...['user/Schedule.cruds', 'user/Slot.rs', 'user/Appointment.crus', 'user/Patient.rs'],
  ...['user/Practitioner.rs', 'user/Organization.rs'],
];
const ours: Caller = { ...desk('Organization/h'), scopes };
const theirs: Caller = { ...desk('Organization/other'), scopes };
const doctor: Caller = { ...ours, role: 'clinician', user: 'dr', fhirUser: 'Practitioner/dr' };
const staff = [
  ['the desk', ours],
  ['a clinician', doctor],
] as const;

const patched = { 'content-type': 'application/json-patch+json' };
const matching = (version: string) => ({ 'if-match': `W/"${version}"` });

describeOnStores('the plain API of a hospital', (store) => {
  let clinic: Clinic;
  let free: readonly string[];
  let next = 0;
  before(async () => {
    clinic = await openClinic(store);
    free = await proposals(clinic.as(patient('a')));
  });
  after(() => clinic.close());

  const booked = async (): Promise<Appointment> => {
    const answer = await asking(clinic.as(patient('a'))).book(free[next++]!);
    return resourceOf(answer, 201) as Appointment;
  };
  const put = (
    client: Client,
    resource: Appointment | Schedule,
    version: string,
  ): Promise<Answer> =>
    client.put(`${resource.resourceType}/${resource.id!}`, resource, matching(version));
  const setStatus = (client: Client, id: string, version: string, value: string) =>
    client.ask('PATCH', `Appointment/${id}`, {
      headers: { ...patched, ...matching(version) },
      body: [{ op: 'replace', path: '/status', value }],
    });

  for (const [who, caller] of staff) {
    it(`lets ${who} make, find and change a Schedule of the own organization`, async () => {
      const client = clinic.as(caller);
      const made = resourceOf(await client.post('Schedule', scheduleOf({})), 201) as Schedule;
      const shorter = { ...made, extension: [availability({ length: 15 })] } as Schedule;

      const changed = await put(client, shorter, '1');
      const stale = await put(client, shorter, '1');
      const found = await client.get('Schedule?actor=Practitioner/dr&_count=100');

      expect(changed.status, changed.text).to.equal(200);
      expect(stale.status).to.equal(412);
      expect(idsOf(resourceOf(found) as Bundle)).to.include.members(['s', made.id!]);
      const offered = await client.get(
        `Appointment/$find?schedule=${made.id!}&start=2030-01-07T00:00:00Z&end=2030-01-07T01:00:00Z`,
      );
      expect((resourceOf(offered) as Bundle).total).to.equal(4);
    });

    it(`lets ${who} check in who comes, by PUT and by PATCH`, async () => {
      const client = clinic.as(caller);
      const [one, other] = [await booked(), await booked()];

      const arrived = await put(client, { ...one, status: 'arrived' }, '1');
      const checkedIn = await setStatus(client, other.id!, '1', 'checked-in');

      expect((resourceOf(arrived) as Appointment).status).to.equal('arrived');
      expect((resourceOf(checkedIn) as Appointment).status).to.equal('checked-in');
    });
  }

  it('tells who checks in what somebody else has changed meanwhile', async () => {
    const { id } = await booked();
    const client = clinic.as(ours);
    await setStatus(client, id!, '1', 'arrived');

    const late = await setStatus(clinic.as(doctor), id!, '1', 'checked-in');

    expect(late.status).to.equal(412);
    expect((resourceOf(await client.get(`Appointment/${id!}`)) as Appointment).status).to.equal(
      'arrived',
    );
  });

  it('keeps the Schedules and visits of an organization from the desk of another', async () => {
    const stranger = clinic.as(theirs);
    const visit = await booked();
    const schedule = resourceOf(await stranger.get('Schedule/s')) as Schedule;

    const answers = [
      await put(stranger, { ...schedule, active: false }, '1'),
      await stranger.delete('Schedule/s'),
      await put(stranger, { ...visit, status: 'arrived' }, '1'),
      await setStatus(stranger, visit.id!, '1', 'arrived'),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([403, 403, 404, 404]);
  });

  it('lets no patient keep Schedules or check in', async () => {
    const client = clinic.as(patient('a'));
    const visit = await booked();
    const schedule = resourceOf(await client.get('Schedule/s')) as Schedule;

    const answers = [
      await put(client, { ...schedule, active: false }, '1'),
      await client.post('Schedule', scheduleOf({})),
      await put(client, { ...visit, status: 'arrived' }, '1'),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([403, 403, 403]);
  });

  it('neither cancels nor misses who has checked in', async () => {
    const { id } = await booked();
    const client = clinic.as(ours);
    await setStatus(client, id!, '1', 'checked-in');

    const answers = [
      await asking(clinic.as(patient('a'))).cancel(id!),
      await asking(client).noShow(id!),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([409, 409]);
  });
});
