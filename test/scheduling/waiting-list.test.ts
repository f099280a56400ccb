// The waiting list of a whole server: an offer soon after a time was given up, and a word of it without a word of health.

import { expect } from 'chai';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Appointment, Bundle, Communication } from 'fhir/r4.js';
import { resourceOf, type Client } from '#test/support/client.ts';
import { describeOnStores } from '#test/support/server.ts';
import { asking, openClinic, proposals, type Clinic } from './server.ts';
import { patient, refers } from './support.ts';

describeOnStores('the waiting list of a server', (store) => {
  let dataDir: string;
  let clinic: Clinic;
  let a: Client;
  let b: Client;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'meridian-waiting-'));
    clinic = await openClinic(store, dataDir);
    const telecom = [{ system: 'email', value: 'asha@home.example' }];
    const asha = { resourceType: 'Patient', id: 'a', name: [{ family: 'Menon' }], telecom };
    resourceOf(await clinic.staff.put('Patient/a', asha));
    [a, b] = [clinic.as(patient('a')), clinic.as(patient('b'))];
  });
  after(async () => {
    await clinic.close();
    await rm(dataDir, { recursive: true });
  });

  const until = async <Value>(look: () => Promise<Value | undefined>): Promise<Value> => {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      await setTimeout(50);
    }
  };
  const messages = async (): Promise<readonly string[]> => {
    const folder = join(dataDir, 'outbox');
    const names = await readdir(folder).catch(() => []);
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return texts.filter((text) => text.endsWith('\n'));
  };

  it('offers what somebody cancels to who waits, and says so', async () => {
    const [first] = await proposals(b);
    const { id } = resourceOf(await asking(b).book(first!), 201) as Appointment;
    const [start, end] = [0, 5].map((days) =>
      new Date(Date.now() + days * 86_400_000).toISOString(),
    );
    const wish = {
      resourceType: 'Parameters',
      parameter: [
        refers('schedule', 'Schedule/s'),
        { name: 'start', valueDateTime: start },
        { name: 'end', valueDateTime: end },
      ],
    };
    const waiting = resourceOf(await a.post('Appointment/$wait', wish), 201) as Appointment;

    resourceOf(await asking(b).cancel(id!));

    await until(async () => {
      const { status } = resourceOf(await a.get(`Appointment/${waiting.id!}`)) as Appointment;
      return status === 'pending' || undefined;
    });
    const notice = await until(async () => {
      const { entry } = resourceOf(await a.get('Communication')) as Bundle<Communication>;
      return entry?.[0]?.resource;
    });
    const [message] = await until(async () => {
      const sent = await messages();
      return sent.length > 0 ? sent : undefined;
    });
    expect(notice.category![0]!.coding![0]!.code).to.equal('time-offered');
    // In words, by the clock of the place; never as machines write it.
    expect(notice.payload?.[0]?.contentString).to.match(/until \d+ \w+ \d{4}, \d\d:\d\d\./);
    expect(notice.about![0]!.reference).to.equal(`Appointment/${waiting.id!}`);
    expect(message).to.match(/A time that you wait for is free/);
    expect(message).not.to.match(/Menon|doctor|Practitioner|Appointment\/|\d\d:\d\d:\d\d\.\d+Z/i);
    expect((resourceOf(await asking(a).book(waiting.id!)) as Appointment).status).to.equal(
      'booked',
    );
  });
});
