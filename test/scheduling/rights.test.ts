// What the scopes of a token leave of booking and changing visits: over HTTP, on both stores.

import { expect } from 'chai';
import type { Appointment } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { resourceOf, wordsOf, type Client } from '#test/support/client.ts';
import { describeOnStores } from '#test/support/server.ts';
import { asking, openClinic, proposals, type Clinic } from './server.ts';
import { desk, patient } from './support.ts';

const directory = ['user/Schedule.rs', 'user/Slot.rs'];
const withScopes = (caller: Caller, ...scopes: readonly string[]): Caller => ({
  ...caller,
  scopes: [...scopes, ...directory],
});
const a = patient('a');
const staff = desk('Organization/h');

describeOnStores('the scopes of who changes a visit', (store) => {
  let clinic: Clinic;
  let free: readonly string[];
  let next = 0;
  before(async () => {
    clinic = await openClinic(store);
    free = await proposals(clinic.as(a));
  });
  after(() => clinic.close());

  const nextFree = (): string => free[next++]!;
  const statusOf = async (id: string): Promise<string> =>
    (resourceOf(await clinic.staff.get(`Appointment/${id}`)) as Appointment).status;
  const booked = async (): Promise<string> =>
    (resourceOf(await asking(clinic.as(a)).book(nextFree()), 201) as Appointment).id!;
  const held = async (by: Client = clinic.as(a)): Promise<string> =>
    (resourceOf(await asking(by).hold(nextFree()), 201) as Appointment).id!;

  it('lets hold, and not book, whose access ends at what is pending', async () => {
    const limited = clinic.as(
      withScopes(a, 'patient/Appointment.rs', 'patient/Appointment.cu?status=pending'),
    );
    const id = await held(limited);

    const answer = await asking(limited).book(id);

    expect(answer.status, answer.text).to.equal(403);
    expect(wordsOf(answer)).to.match(/does not include: update this Appointment/);
    expect(await statusOf(id)).to.equal('pending');
  });

  it('does not let what is booked be cancelled or moved by whose access ends at what is pending', async () => {
    const limited = asking(
      clinic.as(withScopes(a, 'patient/Appointment.rs', 'patient/Appointment.cu?status=pending')),
    );
    const id = await booked();

    const answers = [await limited.cancel(id), await limited.move(id, nextFree())];

    expect(answers.map(({ status }) => status)).to.deep.equal([403, 403]);
    expect(await statusOf(id)).to.equal('booked');
  });

  it('does not let a held visit be cancelled by whose access is to what is booked', async () => {
    const limited = clinic.as(
      withScopes(a, 'patient/Appointment.rs', 'patient/Appointment.u?status=booked,cancelled'),
    );
    const id = await held();

    expect((await asking(limited).cancel(id)).status).to.equal(403);
    expect(await statusOf(id)).to.equal('pending');
  });

  it('lets who covers both what was and what will be change it', async () => {
    const limited = asking(
      clinic.as(
        withScopes(
          a,
          ...['patient/Appointment.rs', 'patient/Appointment.u?status=pending,booked'],
          'patient/Appointment.u?status=cancelled',
        ),
      ),
    );
    const id = await held();

    const answers = [await limited.book(id), await limited.move(id, nextFree())];

    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect((await limited.cancel(id)).status).to.equal(200);
  });

  it('lets nobody change by the right to create', async () => {
    const creating = asking(
      clinic.as(withScopes(a, 'patient/Appointment.rs', 'patient/Appointment.c')),
    );
    const [pending, settled] = [await held(), await booked()];

    const answers = [
      await creating.book(pending),
      await creating.cancel(settled),
      await creating.move(settled, nextFree()),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([403, 403, 403]);
  });

  it('lets nobody hold or book by the right to update', async () => {
    const updating = asking(
      clinic.as(withScopes(a, 'patient/Appointment.rs', 'patient/Appointment.u')),
    );

    const answers = [await updating.hold(nextFree()), await updating.book(nextFree())];

    expect(answers.map(({ status }) => status)).to.deep.equal([403, 403]);
  });

  it('holds the staff to their scopes, too', async () => {
    const limited = asking(
      clinic.as(
        withScopes(
          staff,
          'user/Patient.rs',
          'user/Appointment.rs',
          'user/Appointment.u?status=booked',
        ),
      ),
    );
    const id = await booked();

    const answers = [await limited.cancel(id), await limited.move(id, nextFree())];

    expect(answers.map(({ status }) => status)).to.deep.equal([403, 200]);
    expect(await statusOf(id)).to.equal('booked');
  });

  it('shows as absent what the scopes do not let be read', async () => {
    const blind = asking(clinic.as(withScopes(a, 'patient/Appointment.rus?status=cancelled')));
    const id = await booked();

    expect((await blind.cancel(id)).status).to.equal(404);
    expect((await blind.cancel('absent')).status).to.equal(404);
  });
});
