// Everything: what has to have happened for every page of the apps to have something to show.

import { expect } from 'chai';
import type { Appointment, Bundle, FhirResource, Patient, Task } from 'fhir/r4.js';
import type { TestServer } from '../../../support/server.ts';
import { askAs, type Answered, type Asks } from './ask-as.ts';

/** Logical ids, and a health ID. */
export interface Happened {
  readonly held: string;
  readonly booked: string;
  /** A Task of the worklist of duplicates. */
  readonly duplicate: string;
  readonly schedule: string;
  readonly uhid: string;
}

export const everything = async (server: TestServer): Promise<Happened> => {
  const [priya, doctor, desk] = await Promise.all([
    askAs(server, {
      ...{ user: 'Patient/priya-sharma', patient: 'priya-sharma' },
      scope: 'patient/*.cruds user/*.rs',
    }),
    askAs(server, staff('dr-subramanian', 'kaveri')),
    askAs(server, staff('desk-kulkarni', 'sahyadri')),
  ]);
  const identifier = await healthIdOf(priya);
  await done(
    doctor.operate('Patient/$request-access', [
      { name: 'identifier', valueIdentifier: identifier },
      { name: 'kind', valueCode: 'results' },
      { name: 'text', valueString: 'For your visit on Monday' },
    ]),
  );
  await done(desk.create(upload(identifier)));
  return {
    ...(await visitsOf(priya)),
    duplicate: await duplicateOf(desk),
    ...{ schedule: 'visit-dr-okafor', uhid: identifier.value! },
  };
};

const staff = (id: string, organization: string) => ({
  ...{ user: `Practitioner/${id}`, organization: `Organization/${organization}` },
  scope: 'user/*.cruds',
});

const done = async <T>(answered: Promise<Answered<T>>): Promise<T> => {
  const { status, body } = await answered;
  expect(status, JSON.stringify(body)).to.be.within(200, 299);
  return body;
};

const healthIdOf = async (priya: Asks) => {
  const { identifier = [] } = await done(priya.get<Patient>('Patient/priya-sharma'));
  return identifier.find(({ system }) => system?.endsWith('/uhid'))!;
};

/** One that is held for her and one that is booked. */
const visitsOf = async (priya: Asks): Promise<Pick<Happened, 'held' | 'booked'>> => {
  const [start, end] = [1, 20].map((days) => new Date(Date.now() + days * 86_400_000));
  const found = await done(
    priya.operate<Bundle<Appointment>>('Appointment/$find', [
      { name: 'start', valueDateTime: start!.toISOString() },
      { name: 'end', valueDateTime: end!.toISOString() },
      { name: 'practitioner', valueString: 'Practitioner/dr-deshpande' },
      { name: '_count', valuePositiveInt: 2 },
    ]),
  );
  const [held, booked] = await Promise.all(
    ['$hold', '$book'].map((operation, place) =>
      done(
        priya.operate<Appointment>(`Appointment/${operation}`, [
          {
            name: 'appointment-reference',
            valueReference: { reference: `Appointment/${found.entry![place]!.resource!.id!}` },
          },
        ]),
      ),
    ),
  );
  return { held: held!.id!, booked: booked!.id! };
};

/** The same person is registered a second time, with another spelling. */
const duplicateOf = async (desk: Asks): Promise<string> => {
  for (const given of ['Meena', 'Mina'])
    await done(
      desk.create<Patient>({
        ...{ resourceType: 'Patient', gender: 'female', birthDate: '1987-03-14' },
        name: [{ family: 'Kelkar', given: [given] }],
        telecom: [{ system: 'phone', value: '+919822012345' }],
      }),
    );
  const { entry } = await done(
    desk.get<Bundle<Task>>('Task?code=review-match,propose-merge&status=requested'),
  );
  return entry![0]!.resource!.id!;
};

const iyer: Patient = { resourceType: 'Patient', id: 'named', name: [{ family: 'Iyer' }] };

/** A report whose words do not fit the number, so that it is held. */
const upload = (identifier: object): FhirResource => ({
  ...{ resourceType: 'DocumentReference', status: 'current' },
  contained: [iyer],
  subject: { identifier },
  context: { sourcePatientInfo: { reference: '#named' } },
  type: { text: 'Laboratory report' },
  content: [
    {
      attachment: {
        contentType: 'application/pdf',
        data: btoa('%PDF-1.4\n%%EOF\n'),
        title: 'Blood count',
      },
    },
  ],
});
