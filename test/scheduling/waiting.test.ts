// The waiting list, on every engine: who is offered what somebody gave up, and who is next.

import { expect } from 'chai';
import type { Appointment, Slot } from 'fhir/r4.js';
import { endHolds } from '#src/scheduling/end-holds.ts';
import { offerTimes } from '#src/scheduling/waiting-list/offer-times.ts';
import { heldUntilUrl } from '#src/scheduling/taken.ts';
import { lookAfter } from '#src/scheduling/waiting-list/look-after.ts';
import type { Opened } from '#test/contract/support/engines.ts';
import { describeOnEngines } from '#test/contract/support/engines.ts';
import type { Send } from '#test/support/rights.ts';
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

const soon = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

const wish = (schedule: string, from: string, to: string, ...more: readonly object[]) =>
  parameters(
    refers('schedule', `Schedule/${schedule}`),
    { name: 'start', valueDateTime: from },
    { name: 'end', valueDateTime: to },
    ...more,
  );

describeOnEngines('the waiting list', (engine) => {
  let opened: Opened;
  let hospital: Hospital;
  let schedule: string;
  let told: (readonly [string, string])[];
  beforeEach(async () => {
    opened = await engine.open();
    hospital = await openHospital(opened);
    schedule = await hospital.addSchedule();
    told = [];
  });
  afterEach(() => opened.close());

  const wait = async (send: Send, of = schedule, from = soon(0), to = soon(5)): Promise<string> => {
    const answer = await send('POST', 'Appointment/$wait', wish(of, from, to));
    expect(answer.status, answer.text).to.equal(201);
    return (answer.json as Appointment).id!;
  };
  const read = async (id: string): Promise<Appointment> =>
    (await hospital.desk('GET', `Appointment/${id}`)).json as Appointment;
  const statusesOf = async (...ids: readonly string[]): Promise<readonly string[]> =>
    Promise.all(ids.map(async (id) => (await read(id)).status));
  const ask = (send: Send, id: string, operation: string) =>
    send('POST', `Appointment/${id}/${operation}`, parameters());
  const round = (): Promise<void> =>
    lookAfter(hospital.inside.context, (who, { about }) => {
      told.push([who, about]);
      return Promise.resolve();
    });
  /** Patient c has it and gives it up. */
  const giveUp = async (proposal: string): Promise<void> => {
    const { id } = (await book(hospital.as('c'), proposal)).json as Appointment;
    await ask(hospital.as('c'), id!, '$cancel');
  };
  const first = async (query = ''): Promise<Appointment> =>
    (await find(hospital.as('c'), query))[0]!;
  /** The time of who holds it is over. */
  const letPass = async (id: string): Promise<void> => {
    const reference = (await read(id)).slot![0]!.reference!;
    const slot = (await hospital.desk('GET', reference)).json as Slot;
    const extension = [{ url: heldUntilUrl, valueInstant: '2020-01-01T00:00:00Z' }];
    await hospital.desk('PUT', reference, { body: { ...slot, extension } });
  };

  it('offers what was given up to the longest waiting, who is told once and has it held', async () => {
    const [a, b] = [await wait(hospital.as('a')), await wait(hospital.as('b'))];
    const time = await first();
    await giveUp(time.id!);

    await round();
    await round();

    const offer = await read(a);
    expect(await statusesOf(a, b)).to.deep.equal(['pending', 'waitlist']);
    expect([offer.start, offer.end]).to.deep.equal([time.start, time.end]);
    expect(told).to.deep.equal([['a', `Appointment/${a}`]]);
    expect((await find(hospital.as('b'))).map(({ id }) => id)).not.to.include(time.id);
    expect((await book(hospital.as('b'), time.id!)).status).to.equal(409);
  });

  it('lets who was offered it book it, and nobody else', async () => {
    const a = await wait(hospital.as('a'));
    await giveUp((await first()).id!);
    await round();

    const stranger = await book(hospital.as('b'), a);
    const taken = await book(hospital.as('a'), a);

    expect(stranger.status).to.equal(404);
    expect((taken.json as Appointment).status).to.equal('booked');
    expect((await read(a)).participant.map(({ actor }) => actor!.reference)).to.deep.equal([
      'Patient/a',
      'Practitioner/dr',
    ]);
  });

  it('passes what is declined to the next, and does not come back with it', async () => {
    const [a, b] = [await wait(hospital.as('a')), await wait(hospital.as('b'))];
    const time = await first();
    await giveUp(time.id!);
    await round();

    const declined = await ask(hospital.as('a'), a, '$decline');
    await round();
    const next = await statusesOf(a, b);
    await ask(hospital.as('b'), b, '$decline');
    await round();

    expect((declined.json as Appointment).status).to.equal('waitlist');
    expect((declined.json as Appointment).start).to.equal(undefined);
    expect(next).to.deep.equal(['waitlist', 'pending']);
    expect(await statusesOf(a, b)).to.deep.equal(['waitlist', 'waitlist']);
    expect((await find(hospital.as('c'))).map(({ id }) => id)).to.include(time.id);
    expect(told.map(([who]) => who)).to.deep.equal(['a', 'b']);
  });

  it('passes what nobody answers in time to the next', async () => {
    const [a, b] = [await wait(hospital.as('a')), await wait(hospital.as('b'))];
    await giveUp((await first()).id!);
    await round();
    await letPass(a);

    const late = await book(hospital.as('a'), a);
    await round();

    expect(late.status).to.equal(409);
    expect(await statusesOf(a, b)).to.deep.equal(['waitlist', 'pending']);
  });

  it('keeps on the list whose offer somebody took after it was over', async () => {
    const a = await wait(hospital.as('a'));
    const time = await first();
    await giveUp(time.id!);
    await round();
    await letPass(a);

    const booked = await book(hospital.as('b'), time.id!);

    expect(booked.status, booked.text).to.equal(201);
    expect(await statusesOf(a)).to.deep.equal(['waitlist']);
  });

  it('offers also what was moved away from, and what was held and not booked', async () => {
    const [one, two, , other] = await find(hospital.as('c'));
    const { id } = (await book(hospital.as('c'), one!.id!)).json as Appointment;
    const held = (await hold(hospital.as('b'), two!.id!)).json as Appointment;
    const [a, p0] = [await wait(hospital.as('a')), await wait(hospital.as('p0'))];
    const to = parameters(refers('appointment-reference', `Appointment/${other!.id!}`));
    await hospital.as('c')('POST', `Appointment/${id!}/$reschedule`, to);
    await letPass(held.id!);

    await round();

    const offers = [await read(a), await read(p0)];
    expect(offers.map(({ start }) => start)).to.deep.equal([one!.start, two!.start]);
    expect(await statusesOf(held.id!)).to.deep.equal(['cancelled']);
  });

  it('offers nothing that was not asked for: another doctor, another time, another way', async () => {
    const elsewhere = await hospital.addSchedule({}, { actor: [{ reference: 'Practitioner/x' }] });
    const video = await hospital.addSchedule({ more: [{ url: 'mode', valueCode: 'video' }] });
    const waiting = [
      await wait(hospital.as('a'), elsewhere),
      await wait(hospital.as('b'), video),
      await wait(hospital.as('p1'), schedule, soon(10), soon(20)),
    ];
    await giveUp((await first(`&schedule=${schedule}`)).id!);

    await round();

    expect(await statusesOf(...waiting)).to.deep.equal(waiting.map(() => 'waitlist'));
    expect(told).to.deep.equal([]);
  });

  it('offers one time to one, though eight look at once', async () => {
    const waiting = await Promise.all(
      Array.from({ length: 8 }, (_, n) => wait(hospital.as(`p${String(n)}`))),
    );
    await giveUp((await first()).id!);

    const { context } = hospital.inside;
    await Promise.all(Array.from({ length: 8 }, () => offerTimes(context)));

    const statuses = await statusesOf(...waiting);
    expect(statuses.filter((status) => status === 'pending')).to.have.length(1);
  });

  it('has one winner where one waits and others book', async () => {
    const a = await wait(hospital.as('a'));
    const time = await first();
    await giveUp(time.id!);

    const [answers] = await Promise.all([
      Promise.all(
        Array.from({ length: 8 }, (_, n) => book(hospital.as(`p${String(n)}`), time.id!)),
      ),
      round(),
    ]);

    const booked = answers.filter(({ status }) => status === 201).length;
    const offered = (await read(a)).status === 'pending' ? 1 : 0;
    expect(booked + offered).to.equal(1);
  });

  it('tells who was offered something at the next look, when the word failed', async () => {
    const a = await wait(hospital.as('a'));
    await giveUp((await first()).id!);
    const { context } = hospital.inside;
    const fail = () => Promise.reject(new Error('no mail today'));

    const failed = await lookAfter(context, fail).catch((error: unknown) => error);
    await round();

    expect(failed).to.be.instanceOf(Error);
    expect(told).to.deep.equal([['a', `Appointment/${a}`]]);
  });

  it('ends a hold once, though eight look at once and somebody books it', async () => {
    const time = await first();
    const held = (await hold(hospital.as('b'), time.id!)).json as Appointment;
    await letPass(held.id!);
    const { context } = hospital.inside;

    const [booked] = await Promise.all([
      book(hospital.as('a'), time.id!),
      ...Array.from({ length: 8 }, () => endHolds(context)),
    ]);

    expect(booked.status, booked.text).to.equal(201);
    expect(await statusesOf(held.id!)).to.deep.equal(['cancelled']);
  });

  it('takes off the list who leaves, whose period is over, and who lets five offers pass', async () => {
    const gone = await wait(hospital.as('b'));
    const left = await ask(hospital.as('b'), gone, '$cancel');
    const over = await wait(hospital.as('p2'), schedule, soon(-2), soon(1));
    const requestedPeriod = [{ start: soon(-2), end: soon(-1) }];
    const body = { ...(await read(over)), requestedPeriod };
    await hospital.desk('PUT', `Appointment/${over}`, { body });
    const a = await wait(hospital.as('a'));
    const times = await find(hospital.as('c'));
    for (const { id } of times.slice(0, 5)) {
      await giveUp(id!);
      await round();
      await ask(hospital.as('a'), a, '$decline');
    }

    expect((left.json as Appointment).status).to.equal('cancelled');
    expect(await statusesOf(gone, over, a)).to.deep.equal(['cancelled', 'cancelled', 'cancelled']);
  });

  it('lets a patient be on five lists at most, also at once', async () => {
    const asked = wish(schedule, soon(0), soon(5));

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => hospital.as('a')('POST', 'Appointment/$wait', asked)),
    );

    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).to.deep.equal([201, 201, 201, 201, 201, 409, 409, 409]);
  });

  it('lets staff ask for patients they see, in Schedules of their organization', async () => {
    const others = hospital.inside.as(desk('Organization/other'));
    const asked = (id: string) => wish(schedule, soon(0), soon(5), onBehalfOf(id));

    const answers = [
      await hospital.desk('POST', 'Appointment/$wait', asked('a')),
      await hospital.desk('POST', 'Appointment/$wait', asked('nobody')),
      await others('POST', 'Appointment/$wait', asked('a')),
      await hospital.as('b')('POST', 'Appointment/$wait', asked('a')),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 404, 404, 404]);
  });

  it('offers also to whom the desk has written onto the list', async () => {
    const body: Appointment = {
      ...{ resourceType: 'Appointment', status: 'waitlist' },
      requestedPeriod: [{ start: soon(0), end: soon(5) }],
      participant: [
        { actor: { reference: 'Patient/a' }, status: 'accepted' },
        { actor: { reference: 'Practitioner/dr' }, status: 'needs-action' },
      ],
    };
    const { json } = await hospital.desk('POST', 'Appointment', { body });
    await giveUp((await first()).id!);

    await round();

    expect((await book(hospital.as('a'), (json as Appointment).id!)).status).to.equal(200);
  });

  it('offers nothing to whom a patient has put onto a list by the plain API', async () => {
    const body: Appointment = {
      ...{ resourceType: 'Appointment', status: 'waitlist' },
      requestedPeriod: [{ start: soon(0), end: soon(5) }],
      participant: [
        { actor: { reference: 'Patient/a' }, status: 'accepted' },
        { actor: { reference: 'Practitioner/dr' }, status: 'needs-action' },
      ],
    };
    const { json } = await hospital.as('a')('POST', 'Appointment', { body });
    await giveUp((await first()).id!);

    await round();

    const own = (await hospital.as('a')('GET', `Appointment/${(json as Appointment).id!}`)).json;
    expect((own as Appointment).status).to.equal('waitlist');
  });

  it('lets nobody who waits move to the front of the list by the plain API', async () => {
    const [a, b] = [await wait(hospital.as('a')), await wait(hospital.as('b'))];
    const before = await read(b);
    const forged: Appointment = { ...before, created: '1999-01-01T00:00:00Z' };

    const put = await hospital.as('b')('PUT', `Appointment/${b}`, { body: forged });
    await giveUp((await first()).id!);
    await round();

    expect(put.status).to.be.within(400, 499);
    expect((await read(b)).created).to.equal(before.created);
    expect(await statusesOf(a, b)).to.deep.equal(['pending', 'waitlist']);
  });

  it('shows whose place on the list it is to nobody else, nor who gave up the time', async () => {
    const a = await wait(hospital.as('a'));
    await giveUp((await first()).id!);
    await round();
    const stranger = hospital.as('b');

    const answers = await Promise.all([
      ask(stranger, a, '$decline'),
      ask(stranger, a, '$cancel'),
      ask(stranger, 'absent', '$decline'),
    ]);
    const provenance = await hospital.as('a')('GET', `Provenance?target=Appointment/${a}`);

    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404]);
    expect(answers[0].text.replaceAll(a, 'absent')).to.equal(answers[2].text);
    expect(provenance.keys).to.have.length(1);
    expect(provenance.text).not.to.include('Patient/c');
  });

  it('holds the caller to the scopes of the token', async () => {
    const directory = ['user/Schedule.rs', 'user/Slot.rs', 'patient/Appointment.rs'];
    const limited = (scope: string): Send =>
      hospital.inside.as({ ...patient('a'), scopes: [...directory, scope] });
    const asked = wish(schedule, soon(0), soon(5));
    const a = await wait(hospital.as('a'));
    await giveUp((await first()).id!);
    await round();

    const answers = [
      await limited('patient/Appointment.c?status=pending')('POST', 'Appointment/$wait', asked),
      await ask(limited('patient/Appointment.u?status=pending'), a, '$decline'),
      await ask(limited('patient/Appointment.c'), a, '$decline'),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([403, 403, 403]);
  });

  it('gives up the later visit when the earlier time is booked, both or neither, and goes on with it', async () => {
    const [early, late] = await find(hospital.as('c'));
    const { id } = (await book(hospital.as('a'), late!.id!)).json as Appointment;
    const asked = (from: string) =>
      wish(schedule, from, soon(5), refers('instead-of', `Appointment/${id!}`));
    const { json } = await hospital.as('a')('POST', 'Appointment/$wait', asked(soon(0)));
    const a = (json as Appointment).id!;
    const b = await wait(hospital.as('b'));
    await giveUp(early!.id!);
    await round();

    const before = await statusesOf(a, id!);
    const booked = await book(hospital.as('a'), a);
    await round();

    expect(before).to.deep.equal(['pending', 'booked']);
    expect(booked.status, booked.text).to.equal(200);
    expect(await statusesOf(a, id!, b)).to.deep.equal(['booked', 'cancelled', 'pending']);
    expect((await read(b)).start).to.equal(late!.start);
  });

  it('gives up no visit of somebody else, and none that is not booked', async () => {
    const [one, two] = await find(hospital.as('c'));
    const theirs = (await book(hospital.as('b'), one!.id!)).json as Appointment;
    const held = (await hold(hospital.as('a'), two!.id!)).json as Appointment;
    const asked = (id: string, ...more: readonly object[]) =>
      wish(schedule, soon(0), soon(5), refers('instead-of', `Appointment/${id}`), ...more);

    const answers = [
      await hospital.as('a')('POST', 'Appointment/$wait', asked(theirs.id!)),
      await hospital.desk('POST', 'Appointment/$wait', asked(theirs.id!, onBehalfOf('a'))),
      await hospital.as('a')('POST', 'Appointment/$wait', asked(held.id!)),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 422]);
  });

  it('refuses what makes no sense with what to do', async () => {
    const a = hospital.as('a');
    const send = (body: ReturnType<typeof parameters>) => a('POST', 'Appointment/$wait', body);
    const { id } = (await book(a, (await first()).id!)).json as Appointment;

    const answers = [
      await send(wish(schedule, soon(2), soon(1))),
      await send(wish(schedule, soon(-3), soon(-2))),
      await send(wish(schedule, soon(0), soon(400))),
      await send(parameters(refers('schedule', 'Practitioner/dr'))),
      await send(wish('absent', soon(0), soon(1))),
      await ask(a, id!, '$decline'),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([400, 422, 400, 400, 404, 409]);
    expect(answers[1]!.text).to.match(/'end' must be a moment to come/);
  });
});
