// Finding, holding, booking, moving and cancelling visits, on every engine; and many at once.

import { expect } from 'chai';
import type { Appointment, Slot } from 'fhir/r4.js';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import type { Answered } from '#test/support/rights.ts';
import {
  book,
  desk,
  find,
  hold,
  onBehalfOf,
  openHospital,
  parameters,
  patient,
  refers,
  type Hospital,
} from './support.ts';

const statuses = (answers: readonly Answered[]): readonly number[] =>
  answers.map(({ status }) => status).toSorted();
const winnersOf = (answers: readonly Answered[]) =>
  answers.filter(({ status }) => status === 201).map(({ json }) => json as Appointment);
const oneWinner = [201, ...Array.from({ length: 15 }, () => 409)];

for (const engine of engines)
  describe(`scheduling on ${engine.name}`, function () {
    this.timeout(120_000);
    let opened: Opened;
    let hospital: Hospital;
    beforeEach(async () => {
      opened = await engine.open();
      hospital = await openHospital(opened);
    });
    afterEach(() => opened.close());

    const slotOf = async ({ slot }: Appointment): Promise<Slot> =>
      (await hospital.desk('GET', slot![0]!.reference!)).json as Slot;
    const busySlots = async (): Promise<readonly string[]> =>
      (await hospital.desk('GET', 'Slot?status=busy,busy-tentative')).keys;

    it('finds the times of a day, in order, with whom and where', async () => {
      const schedule = await hospital.addSchedule({ length: 60 });

      const times = await find(hospital.as('a'));

      expect(times).to.have.length(24);
      expect(times.map(({ start }) => start!)).to.deep.equal(
        times.map(({ start }) => start!).toSorted(),
      );
      expect(times[0]).to.deep.include({
        ...{ resourceType: 'Appointment', status: 'proposed', minutesDuration: 60 },
        participant: [{ actor: { reference: 'Practitioner/dr' }, status: 'accepted' }],
      });
      expect((times[0]!.contained![0] as Slot).schedule.reference).to.equal(`Schedule/${schedule}`);
    });

    it('holds a time for one patient, and offers it to nobody else meanwhile', async () => {
      await hospital.addSchedule();
      const [first] = await find(hospital.as('a'));

      const held = await hold(hospital.as('a'), first!.id!);

      const appointment = held.json as Appointment;
      expect(held.status, held.text).to.equal(201);
      expect(appointment.status).to.equal('pending');
      expect(appointment.participant[0]).to.deep.include({ actor: { reference: 'Patient/a' } });
      expect((await slotOf(appointment)).status).to.equal('busy-tentative');
      expect((await find(hospital.as('b'))).map(({ id }) => id)).not.to.include(first!.id);
      expect((await hold(hospital.as('b'), first!.id!)).status).to.equal(409);
    });

    it('books what was held, once and for all', async () => {
      await hospital.addSchedule();
      const [first] = await find(hospital.as('a'));
      const { json } = await hold(hospital.as('a'), first!.id!);
      const { id } = json as Appointment;

      const booked = await book(hospital.as('a'), id!);
      const again = await book(hospital.as('a'), id!);

      expect(booked.status, booked.text).to.equal(200);
      expect((booked.json as Appointment).status).to.equal('booked');
      expect((again.json as Appointment).meta).to.deep.equal((booked.json as Appointment).meta);
      expect((await slotOf(booked.json as Appointment)).status).to.equal('busy');
    });

    it('gives one of sixteen who hold the same time what they want', async () => {
      await hospital.addSchedule();
      const [first] = await find(hospital.as('a'));

      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, n) => hold(hospital.as(`p${String(n)}`), first!.id!)),
      );

      expect(statuses(answers)).to.deep.equal(oneWinner);
      expect(await busySlots()).to.have.length(1);
      expect((await hospital.desk('GET', 'Appointment')).keys).to.have.length(1);
    });

    it('gives one of sixteen who book the same time what they want', async () => {
      await hospital.addSchedule();
      const [first] = await find(hospital.as('a'));

      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, n) => book(hospital.as(`p${String(n)}`), first!.id!)),
      );

      expect(statuses(answers)).to.deep.equal(oneWinner);
      expect(winnersOf(answers).map(({ status }) => status)).to.deep.equal(['booked']);
      expect(await busySlots()).to.have.length(1);
    });

    it('gives a group as many places as it has, to the last', async () => {
      const more = [{ url: 'capacity', valuePositiveInt: 5 }];
      await hospital.addSchedule({ more });
      const [first] = await find(hospital.as('a'));

      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, n) => book(hospital.as(`p${String(n)}`), first!.id!)),
      );

      expect(winnersOf(answers)).to.have.length(5);
      expect(await busySlots()).to.have.length(5);
      expect((await find(hospital.as('a'))).map(({ id }) => id)).not.to.include(first!.id);
    });

    it('never lets a doctor be in two places, though they have two Schedules of other lengths', async () => {
      const [short, long] = [
        await hospital.addSchedule({ length: 15 }),
        await hospital.addSchedule({ length: 60 }),
      ];
      const [, quarter] = await find(hospital.as('a'), `&schedule=${short}`);
      const [hour] = await find(hospital.as('a'), `&schedule=${long}`);

      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, n) =>
          book(hospital.as(`p${String(n)}`), n % 2 ? quarter!.id! : hour!.id!),
        ),
      );

      expect(statuses(answers)).to.deep.equal(oneWinner);
    });

    it('counts the two hospitals of one doctor as one doctor', async () => {
      const role = await hospital.desk('GET', 'PractitionerRole');
      expect(role.status).to.equal(200);
      const other = hospital.inside.by('Organization/other');
      await other('PUT', 'PractitionerRole/there', {
        body: {
          resourceType: 'PractitionerRole',
          id: 'there',
          practitioner: { reference: 'Practitioner/dr' },
        },
      });
      const here = await hospital.addSchedule();
      const there = await hospital.addSchedule(
        {},
        { actor: [{ reference: 'PractitionerRole/there' }] },
      );
      const [first] = await find(hospital.as('a'), `&schedule=${here}`);
      const [same] = await find(hospital.as('a'), `&schedule=${there}`);

      await book(hospital.as('a'), first!.id!);

      expect((await book(hospital.as('b'), same!.id!)).status).to.equal(409);
      expect((await find(hospital.as('b'), `&schedule=${there}`))[0]!.start).not.to.equal(
        same!.start,
      );
    });

    it('offers a cancelled visit to others at once', async () => {
      await hospital.addSchedule();
      const [first] = await find(hospital.as('a'));
      const { id } = (await book(hospital.as('a'), first!.id!)).json as Appointment;

      const cancelled = await hospital.as('a')(
        'POST',
        `Appointment/${id!}/$cancel`,
        parameters({ name: 'reason', valueString: 'A cold' }),
      );

      const appointment = cancelled.json as Appointment;
      expect(cancelled.status, cancelled.text).to.equal(200);
      expect(appointment.status).to.equal('cancelled');
      expect(appointment.cancelationReason).to.deep.include({ text: 'A cold' });
      expect((await find(hospital.as('b'))).map((each) => each.id)).to.include(first!.id);
      expect((await book(hospital.as('b'), first!.id!)).status).to.equal(201);
    });

    it('moves a visit: the new time taken and the old one free, or neither', async () => {
      await hospital.addSchedule();
      const [first, second, third] = await find(hospital.as('a'));
      const { id } = (await book(hospital.as('a'), first!.id!)).json as Appointment;
      await book(hospital.as('b'), second!.id!);
      const move = (to: string) =>
        hospital.as('a')(
          'POST',
          `Appointment/${id!}/$reschedule`,
          parameters(refers('appointment-reference', `Appointment/${to}`)),
        );

      const refused = await move(second!.id!);
      const before = (await hospital.as('a')('GET', `Appointment/${id!}`)).json as Appointment;
      const moved = await move(third!.id!);

      expect(refused.status).to.equal(409);
      expect(before.start).to.equal(first!.start);
      expect(moved.status, moved.text).to.equal(200);
      expect((moved.json as Appointment).id).to.equal(id);
      expect((moved.json as Appointment).start).to.equal(third!.start);
      const free = (await find(hospital.as('c'))).map((each) => each.id);
      expect(free).to.include(first!.id).and.not.to.include(third!.id);
      expect(await busySlots()).to.have.length(2);
    });

    it('moves a visit to another doctor of the organization, who takes the place of the first', async () => {
      await hospital.addSchedule();
      const [first] = await find(hospital.as('a'));
      const { id, participant } = (await book(hospital.as('a'), first!.id!)).json as Appointment;
      await hospital.inside.by('Organization/h')('PUT', 'Practitioner/other', {
        body: { resourceType: 'Practitioner', id: 'other' },
      });
      await hospital.addSchedule({}, { actor: [{ reference: 'Practitioner/other' }] });
      const times = await find(hospital.as('a'), '&practitioner=Practitioner/other');

      const moved = await hospital.as('a')(
        'POST',
        `Appointment/${id!}/$reschedule`,
        parameters(refers('appointment-reference', `Appointment/${times[0]!.id!}`)),
      );

      const actors = (all: Appointment['participant'] = []) =>
        all.map(({ actor }) => actor?.reference);
      expect(actors(participant)).to.deep.equal(['Patient/a', 'Practitioner/dr']);
      expect(actors((moved.json as Appointment).participant), moved.text).to.deep.equal([
        'Patient/a',
        'Practitioner/other',
      ]);
    });

    it('lets one of eight who move to the same time have it, and the others keep theirs', async () => {
      await hospital.addSchedule();
      const times = await find(hospital.as('a'));
      const booked = await Promise.all(
        Array.from({ length: 8 }, (_, n) => book(hospital.as(`p${String(n)}`), times[n]!.id!)),
      );
      const wanted = parameters(refers('appointment-reference', `Appointment/${times[20]!.id!}`));

      const answers = await Promise.all(
        booked.map(({ json }, n) =>
          hospital.as(`p${String(n)}`)(
            'POST',
            `Appointment/${(json as Appointment).id!}/$reschedule`,
            wanted,
          ),
        ),
      );

      expect(statuses(answers)).to.deep.equal([200, ...oneWinner.slice(1, 8)]);
      expect(await busySlots()).to.have.length(8);
    });

    it('ends a hold whose time is over when somebody else wants it', async () => {
      const schedule = await hospital.addSchedule();
      const [first] = await find(hospital.as('a'));
      const { id, slot } = (await hold(hospital.as('a'), first!.id!)).json as Appointment;
      const held = await hospital.desk('GET', slot![0]!.reference!);
      const past = {
        ...(held.json as Slot),
        extension: [
          {
            url: 'https://meridian.example/StructureDefinition/held-until',
            valueInstant: '2020-01-01T00:00:00Z',
          },
        ],
      };
      await hospital.desk('PUT', slot![0]!.reference!, { body: past });

      const late = await book(hospital.as('a'), id!);
      const times = await find(hospital.as('b'), `&schedule=${schedule}`);
      const taken = await book(hospital.as('b'), first!.id!);

      expect(late.status).to.equal(409);
      expect(times[0]!.id).to.equal(first!.id);
      expect(taken.status, taken.text).to.equal(201);
      const mine = (await hospital.as('a')('GET', `Appointment/${id!}`)).json as Appointment;
      expect(mine.status).to.equal('cancelled');
      const told = await hospital.as('a')('GET', `Provenance?target=Appointment/${id!}`);
      expect(told.keys, 'who held it').to.have.length(1);
      expect(told.text).not.to.include('Patient/b');
    });

    it('lets nobody hold everything', async () => {
      await hospital.addSchedule();
      const times = await find(hospital.as('a'));
      for (const { id } of times.slice(0, 3)) await hold(hospital.as('a'), id!);

      const answer = await hold(hospital.as('a'), times[3]!.id!);

      expect(answer.status).to.equal(409);
      expect(answer.text).to.match(/At most 3 times are held at once/);
    });

    it('lets nobody hold everything by asking doctors who are far apart all at once', async () => {
      const doctors = Array.from({ length: 12 }, (_, n) => `Practitioner/d${String(n)}`);
      for (const actor of doctors)
        await hospital.addSchedule({}, { actor: [{ reference: actor }] });
      const times = await find(hospital.as('a'));

      const answers = await Promise.all(
        times.slice(0, doctors.length).map(({ id }) => hold(hospital.as('a'), id!)),
      );

      expect(winnersOf(answers)).to.have.length(3);
      expect(statuses(answers).slice(3)).to.deep.equal(Array.from({ length: 9 }, () => 409));
      expect(await busySlots()).to.have.length(3);
    });

    it('lets staff book for patients they may see, in Schedules of their organization', async () => {
      await hospital.addSchedule();
      const [first, second] = await find(hospital.desk);
      const others = hospital.inside.as(desk('Organization/other'));

      const booked = await book(hospital.desk, first!.id!, onBehalfOf('a'));
      const nobody = await book(hospital.desk, second!.id!, onBehalfOf('nobody'));
      const foreign = await book(others, second!.id!, onBehalfOf('a'));

      expect(booked.status, booked.text).to.equal(201);
      expect(nobody.status).to.equal(404);
      expect(foreign.status).to.equal(404);
    });

    it('lets a proxy book for the person in view, and for nobody else', async () => {
      await hospital.addSchedule();
      const [first, second] = await find(hospital.as('a'));
      const { patient: inView, scopes } = patient('a');
      const own = { reference: 'Patient/a' };
      const text = { text: 'care' };
      const h = hospital.inside.by('Organization/h');
      const mother = { resourceType: 'RelatedPerson', id: 'mother', active: true, patient: own };
      await h('PUT', 'RelatedPerson/mother', { body: mother });
      const consent = {
        ...{ resourceType: 'Consent', status: 'active', scope: text, category: [text] },
        ...{ policyRule: text, patient: own },
        provision: {
          ...{ type: 'permit' },
          actor: [{ role: text, reference: { reference: 'RelatedPerson/mother' } }],
        },
      };
      await h('POST', 'Consent', { body: consent });
      const asProxy = hospital.inside.as({
        ...{ client: 'test', token: 'test', role: 'proxy', user: 'mother', scopes },
        ...{ fhirUser: 'RelatedPerson/mother', patient: inView! },
      });

      const booked = await book(asProxy, first!.id!);
      const other = await book(asProxy, second!.id!, onBehalfOf('b'));

      expect(booked.status, booked.text).to.equal(201);
      expect((booked.json as Appointment).participant[0]!.actor!.reference).to.equal('Patient/a');
      expect(other.status).to.equal(404);
    });

    it('lets nobody block or free a time in a Schedule of others', async () => {
      const schedule = await hospital.addSchedule();
      const [first] = await find(hospital.as('a'));
      const others = hospital.inside.as(desk('Organization/other'));
      const { start, end } = first!;
      const plant = (id: string, status: Slot['status']) => {
        const of = { reference: `Schedule/${schedule}` };
        const body = { resourceType: 'Slot', id, schedule: of, status, start, end };
        return others('PUT', `Slot/${id}`, { body });
      };

      const planted = [await plant('x', 'busy'), await plant(`${first!.id!}.0`, 'free')];
      const booked = await book(hospital.as('a'), first!.id!);
      const freed = await plant(`${first!.id!}.0`, 'free');

      expect(statuses(planted)).to.deep.equal([201, 201]);
      expect(booked.status, booked.text).to.equal(201);
      expect(freed.status).to.equal(200);
      expect((await book(hospital.as('b'), first!.id!)).status).to.equal(409);
    });

    for (const days of [1, 14, 400])
      it(`offers nothing while ${String(days)} days are blocked by hand that began before`, async () => {
        const schedule = await hospital.addSchedule();
        const all = await find(hospital.as('a'));
        const noon = Date.parse(all[24]!.start!);
        const leave = {
          ...{ resourceType: 'Slot', status: 'busy-unavailable' },
          schedule: { reference: `Schedule/${schedule}` },
          start: new Date(noon - days * 86_400_000).toISOString(),
          end: new Date(noon).toISOString(),
        };
        expect((await hospital.desk('POST', 'Slot', { body: leave })).status).to.equal(201);

        const left = await find(hospital.as('a'));

        expect(left.map(({ start }) => start)).to.deep.equal(
          all.slice(24).map(({ start }) => start),
        );
        expect((await book(hospital.as('a'), all[23]!.id!)).status).to.equal(409);
        expect((await book(hospital.as('a'), all[24]!.id!)).status).to.equal(201);
      });

    it("does not free what somebody has, by an Appointment of one's own that names its Slot", async () => {
      await hospital.addSchedule();
      const [first] = await find(hospital.as('a'));
      const theirs = (await book(hospital.as('a'), first!.id!)).json as Appointment;
      const participant = [{ actor: { reference: 'Patient/b' }, status: 'accepted' }];
      const body = { ...theirs, participant, meta: undefined, id: undefined };
      const own = (await hospital.as('b')('POST', 'Appointment', { body })).json as Appointment;

      const answer = await hospital.as('b')('POST', `Appointment/${own.id!}/$cancel`, parameters());

      expect(own.status).to.equal('booked');
      expect(answer.status).to.equal(409);
      expect((await slotOf(theirs)).status).to.equal('busy');
    });

    it('shows a visit of somebody else to nobody, and looks as if there were none', async () => {
      await hospital.addSchedule();
      const [first, second] = await find(hospital.as('a'));
      const { id } = (await book(hospital.as('a'), first!.id!)).json as Appointment;
      const asB = hospital.as('b');

      const answers = await Promise.all([
        asB('POST', `Appointment/${id!}/$cancel`, parameters()),
        asB(
          'POST',
          `Appointment/${id!}/$reschedule`,
          parameters(refers('appointment-reference', `Appointment/${second!.id!}`)),
        ),
        book(asB, id!),
        book(asB, second!.id!, onBehalfOf('a')),
        asB('POST', 'Appointment/absent/$cancel', parameters()),
      ]);

      expect(statuses(answers)).to.deep.equal([404, 404, 404, 404, 404]);
      expect(answers[0].text.replaceAll(id!, 'absent')).to.equal(answers[4].text);
    });

    it('tells only staff that nobody came, and not before the time', async () => {
      await hospital.addSchedule();
      const [first] = await find(hospital.as('a'));
      const { id } = (await book(hospital.as('a'), first!.id!)).json as Appointment;

      const early = await hospital.desk('POST', `Appointment/${id!}/$no-show`, parameters());
      const byPatient = await hospital.as('a')('POST', `Appointment/${id!}/$no-show`, parameters());

      expect(early.status).to.equal(409);
      expect(byPatient.status).to.equal(403);
    });

    it('lets patients cancel until the notice the rules ask for, and staff after it', async () => {
      const more = [{ url: 'cancel-notice', valueUnsignedInt: 525_600 }];
      await hospital.addSchedule({ more });
      const [first] = await find(hospital.as('a'));
      const { id } = (await book(hospital.as('a'), first!.id!)).json as Appointment;

      const late = await hospital.as('a')('POST', `Appointment/${id!}/$cancel`, parameters());
      const byStaff = await hospital.desk('POST', `Appointment/${id!}/$cancel`, parameters());

      expect(late.status).to.equal(409);
      expect(late.text).to.match(/Until 525600 minutes before/);
      expect(byStaff.status, byStaff.text).to.equal(200);
    });

    it('lets patients leave at any time what they only hold', async () => {
      const more = [{ url: 'cancel-notice', valueUnsignedInt: 525_600 }];
      await hospital.addSchedule({ more });
      const [first] = await find(hospital.as('a'));
      const { id } = (await hold(hospital.as('a'), first!.id!)).json as Appointment;

      const left = await hospital.as('a')('POST', `Appointment/${id!}/$cancel`, parameters());

      expect((left.json as Appointment).status, left.text).to.equal('cancelled');
      expect((await find(hospital.as('b'))).map((each) => each.id)).to.include(first!.id);
    });
  });
