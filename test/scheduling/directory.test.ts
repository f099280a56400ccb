// Patients find where to book: who offers what, where, when, in which language and for how much, with the scopes of a portal.

import { expect } from 'chai';
import type {
  Appointment,
  Bundle,
  BundleEntry,
  ChargeItemDefinition,
  FhirResource,
  Slot,
} from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { bundleOf, idsOf, resourceOf, type Client } from '#test/support/client.ts';
import { describeOnStores } from '#test/support/server.ts';
import { directories } from '../../seed/records.ts';
import { asking, openClinic, type Clinic } from './server.ts';
import { patient } from './support.ts';

const day = new Date().toISOString().slice(0, 10);
const resources: readonly FhirResource[] = directories({ seed: 'meridian', day }).flatMap(
  (part) => part.resources,
);
const types = [
  ...['HealthcareService', 'Schedule', 'PractitionerRole', 'Practitioner', 'Organization'],
  ...['Location', 'ChargeItemDefinition'],
];
const scoped = (...scopes: readonly string[]): Caller => ({ ...patient('a'), scopes });
const reading = [...types, 'Slot'];
const portals: readonly (readonly [string, Caller])[] = [
  ['all of the record', scoped('patient/*.cruds')],
  [
    'each type of the directory in the context of the patient',
    scoped('patient/Appointment.crus', ...reading.map((type) => `patient/${type}.rs`)),
  ],
  [
    'each type of the directory for the user',
    scoped('patient/Appointment.crus', ...reading.map((type) => `user/${type}.rs`)),
  ],
];

describeOnStores('where a patient can book', (store) => {
  let clinic: Clinic;
  before(async () => {
    clinic = await openClinic(store);
    const entry: BundleEntry[] = resources.map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id!}` },
    }));
    resourceOf(await clinic.staff.post('', { resourceType: 'Bundle', type: 'transaction', entry }));
  });
  after(() => clinic.close());

  const allOf = async (client: Client, query: string): Promise<Bundle> =>
    bundleOf(await client.get(query));
  const seeded = (type: string): readonly string[] =>
    resources.filter(({ resourceType }) => resourceType === type).map(({ id }) => id!);

  for (const [what, caller] of portals) {
    for (const type of types)
      it(`is found as ${type} by an app with ${what}`, async () => {
        const client = clinic.as(caller);

        expect(idsOf(await allOf(client, `${type}?_count=100`))).to.include.members(seeded(type));
        resourceOf(await client.get(`${type}/${seeded(type)[0]!}`));
      });

    it(`can be searched through by an app with ${what}: specialty, language, place, price, way, time`, async () => {
      const client = clinic.as(caller);
      const roles = await allOf(
        client,
        'PractitionerRole?specialty:missing=false&_include=PractitionerRole:practitioner&_include=PractitionerRole:organization&_include=PractitionerRole:location',
      );
      const found = (roles.entry ?? []).map(({ resource }) => resource!.resourceType);
      const speakers = await allOf(
        client,
        'PractitionerRole?practitioner:Practitioner.communication=hi',
      );
      const near = await allOf(client, 'HealthcareService?location.address-city:missing=false');
      const [service] = idsOf(await allOf(client, 'HealthcareService?active=true'));
      const schedules = await allOf(client, `Schedule?actor=HealthcareService/${service!}`);
      const price = resourceOf(
        await client.get(`ChargeItemDefinition/${service!}`),
      ) as ChargeItemDefinition;

      expect(found).to.include.members([
        'PractitionerRole',
        'Practitioner',
        'Organization',
        'Location',
      ]);
      expect(idsOf(speakers)).not.to.be.empty;
      expect(idsOf(near)).to.include(service);
      expect(idsOf(schedules)).to.deep.equal([service]);
      expect(price.propertyGroup![0]!.priceComponent![0]!.amount!.currency).to.equal('INR');
    });

    it(`is booked in what was found by an app with ${what}`, async () => {
      const client = clinic.as(caller);
      const [start, end] = [2, 9].map((days) =>
        new Date(Date.now() + days * 86_400_000).toISOString(),
      );
      const [schedule] = seeded('Schedule');
      const times = await allOf(
        client,
        `Appointment/$find?schedule=${schedule!}&start=${start!}&end=${end!}`,
      );
      const [first] = times.entry!.map(({ resource }) => resource as Appointment);

      const booked = resourceOf(await asking(client).book(first!.id!), 201) as Appointment;
      const slot = resourceOf(await client.get(booked.slot![0]!.reference!)) as Slot;

      expect(booked.status).to.equal('booked');
      expect(slot.status).to.equal('busy');
      resourceOf(await asking(client).cancel(booked.id!));
    });

    it(`is not changed by an app with ${what}`, async () => {
      const client = clinic.as(caller);
      const all = types.map((type) => resources.find(({ resourceType }) => resourceType === type)!);

      const answers = await Promise.all(
        all.map((resource) => client.put(`${resource.resourceType}/${resource.id!}`, resource)),
      );

      expect(answers.map(({ status }) => status)).to.deep.equal(types.map(() => 403));
    });
  }

  it('is closed to an app whose scopes do not name it', async () => {
    const client = clinic.as(scoped('patient/Appointment.crus', 'openid', 'fhirUser'));

    const answers = await Promise.all(reading.map((type) => client.get(type)));

    expect(answers.map(({ status }) => status)).to.deep.equal(reading.map(() => 403));
  });

  it('tells nobody by a Slot whose visit it is', async () => {
    const [first] = (
      await allOf(
        clinic.as(patient('a')),
        'Appointment/$find?start=2030-01-07T00:00:00Z&end=2030-01-08T00:00:00Z&schedule=s',
      )
    ).entry!;
    const { slot } = resourceOf(
      await asking(clinic.as(patient('a'))).book(first!.resource!.id!),
      201,
    ) as Appointment;
    const stranger = clinic.as({ ...patient('b'), scopes: ['patient/*.cruds'] });
    const id = slot![0]!.reference!.slice(5);

    const shown = await stranger.get(`Slot?_id=${id}&_revinclude=Appointment:slot`);
    const guessed = await stranger.get('Slot?_has:Appointment:slot:patient=Patient/a');

    expect(
      (bundleOf(shown).entry ?? []).map(({ resource }) => resource!.resourceType),
    ).to.deep.equal(['Slot']);
    expect(shown.text).not.to.include('Patient/');
    expect(idsOf(bundleOf(guessed))).to.deep.equal([]);
  });
});
