// Appointment/$find: what narrows it, what it refuses, and to whom it is open.

import { expect } from 'chai';
import type { Appointment, Slot } from 'fhir/r4.js';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { find, openHospital, parameters, scheduleOf, type Hospital } from './support.ts';

const engine = engines.find(({ name }) => name !== 'memory')!;
const span = 'start=2030-01-01T00:00:00Z&end=2030-01-02T00:00:00Z';

const reference = (to: string) =>
  parameters({ name: 'appointment-reference', valueReference: { reference: to } });

describe('Appointment/$find', function () {
  this.timeout(60_000);
  let opened: Opened;
  let hospital: Hospital;
  let inPerson: string;
  let byVideo: string;

  before(async () => {
    opened = await engine.open();
    hospital = await openHospital(opened);
    const place = { reference: 'Location/ward' };
    inPerson = await hospital.addSchedule({}, { actor: [{ reference: 'Practitioner/a' }, place] });
    const more = [{ url: 'mode', valueCode: 'video' }];
    byVideo = await hospital.addSchedule({ more }, { actor: [{ reference: 'Practitioner/b' }] });
    await hospital.keepOld(scheduleOf({ zone: 'Nowhere/None' }));
    await hospital.addSchedule({ more: [{ url: 'notice', valueUnsignedInt: 525_600 }] });
  });
  after(() => opened.close());

  const schedulesIn = (times: readonly Appointment[]): readonly string[] => [
    ...new Set(times.map(({ contained }) => (contained![0] as Slot).schedule.reference!)),
  ];

  const narrowed: readonly (readonly [string, () => readonly string[]])[] = [
    ['', () => [inPerson, byVideo]],
    ['&mode=video', () => [byVideo]],
    ['&practitioner=Practitioner/a', () => [inPerson]],
    ['&practitioner=Practitioner/a&practitioner=Practitioner/b', () => [inPerson, byVideo]],
    ['&location-reference=Location/ward', () => [inPerson]],
    ['&practitioner=Practitioner/b&location-reference=Location/ward', () => []],
    ['&organization=Organization/h', () => [inPerson, byVideo]],
    ['&organization=Organization/other', () => []],
  ];
  for (const [query, expected] of narrowed)
    it(`finds the times of ${query === '' ? 'all whose rules make sense' : query.slice(1)}`, async () => {
      const found = schedulesIn(await find(hospital.as('a'), query));

      expect(found.toSorted()).to.deep.equal(
        expected()
          .map((id) => `Schedule/${id}`)
          .toSorted(),
      );
    });

  it('gives as many as asked, and tells how many there are', async () => {
    const { json } = await hospital.as('a')('GET', `Appointment/$find?${span}&_count=3`);

    expect(json.entry).to.have.length(3);
    expect(json.total).to.be.greaterThan(3);
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['end=2030-01-01T00:00:00Z', /'start' must be a moment/],
    ['start=2030-01-01&end=2030-01-02T00:00:00Z', /'start' must be a moment/],
    ['start=2030-01-01T00:00:00&end=2030-01-02T00:00:00Z', /'start' must be a moment/],
    ['start=2030-13-01T00:00:00Z&end=2030-01-02T00:00:00Z', /'start' must be a moment/],
    ['start=2030-01-02T00:00:00Z&end=2030-01-01T00:00:00Z', /'start' must be before 'end'/],
    ['start=2030-01-01T00:00:00Z&end=2031-01-01T00:00:00Z', /At most 62 days/],
    [`${span}&practitoner=Practitioner/a`, /did you mean 'practitioner'/],
    [`${span}&_count=0`, /'_count' must be a number/],
  ];
  for (const [query, words] of refused)
    it(`refuses ${query} with what to do`, async () => {
      const answer = await hospital.as('a')('GET', `Appointment/$find?${query}`);

      expect(answer.status).to.equal(400);
      expect(answer.text).to.match(words);
    });

  it('is closed to who may not search Schedules and Slots', async () => {
    const { caller } = await hospital.inside.authorize({
      ...{ client: 'test', token: 'test', role: 'patient', user: 'a', fhirUser: 'Patient/a' },
      ...{ patient: 'a', scopes: ['patient/Appointment.cruds'] },
    });

    const answer = await hospital.inside.as(caller!)('GET', `Appointment/$find?${span}`);

    expect(answer.status).to.equal(403);
  });

  const senseless: readonly (readonly [string, object])[] = [
    ['without a reference', parameters()],
    ['of a reference to something else', reference('Patient/a')],
    ['of a version', reference('Appointment/a/_history/1')],
  ];
  for (const [what, body] of senseless)
    it(`refuses a hold ${what}`, async () => {
      const answer = await hospital.as('a')('POST', 'Appointment/$hold', body);

      expect(answer.status).to.equal(400);
      expect(answer.text).to.match(/'appointment-reference'/);
    });

  for (const id of ['absent', 'absent.abcdef.30', '.abcdef.30', 'x.abcdef.999'])
    it(`holds nothing by the id ${id}`, async () => {
      const answer = await hospital.as('a')(
        'POST',
        'Appointment/$hold',
        reference(`Appointment/${id}`),
      );

      expect(answer.status).to.equal(404);
    });

  it('holds no time that the rules do not offer, though its id looks right', async () => {
    const [first] = await find(hospital.as('a'), `&schedule=${inPerson}`);
    const [schedule, start] = first!.id!.split('.');
    const later = (parseInt(start!, 36) + 7).toString(36);

    for (const id of [`${schedule!}.${later}.30`, `${schedule!}.${start!}.60`]) {
      const answer = await hospital.as('a')(
        'POST',
        'Appointment/$hold',
        reference(`Appointment/${id}`),
      );
      expect(answer.status, id).to.equal(404);
    }
  });
});
