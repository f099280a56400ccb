// A visit as an iCalendar file, through a server.

import { expect } from 'chai';
import type { Appointment } from 'fhir/r4.js';
import { calendarFile } from '#src/scheduling/calendar-file.ts';
import { startServer, type TestServer } from '#test/support/server.ts';
import { find, scheduleOf } from './support.ts';

const appointment = {
  ...{ resourceType: 'Appointment', status: 'booked' },
  ...{ start: '2026-11-23T09:00:00+05:30', end: '2026-11-23T09:30:00+05:30' },
};
const version = (number: string) => ({
  ...{ type: 'Appointment', id: 'a'.repeat(64), version: number, at: Date.UTC(2026, 0, 2, 3) },
  ...({ deleted: false, method: 'PUT', text: '' } as const),
});
const valueOf = (file: string, name: string): string | undefined =>
  new RegExp(`^${name}:(.*)$`, 'm').exec(file.replaceAll('\r\n ', '').replaceAll('\r', ''))?.[1];

describe('scheduling/calendar-file', () => {
  it('says when in UTC, in lines that are short and end as they must', () => {
    const file = calendarFile(version('1'), appointment, 'records.hospital.example')!;

    expect(valueOf(file, 'DTSTART')).to.equal('20261123T033000Z');
    expect(valueOf(file, 'DTEND')).to.equal('20261123T040000Z');
    expect(valueOf(file, 'DTSTAMP')).to.equal('20260102T030000Z');
    expect(valueOf(file, 'STATUS')).to.equal('CONFIRMED');
    expect(file.endsWith('END:VCALENDAR\r\n')).to.equal(true);
    for (const line of file.split('\r\n')) expect(line.length).to.be.at.most(75);
  });

  it('is the same event with a later sequence after a change, and cancels it in the end', () => {
    const first = calendarFile(version('1'), appointment, 'h.example')!;
    const last = calendarFile(version('3'), { ...appointment, status: 'cancelled' }, 'h.example')!;

    expect(valueOf(first, 'UID')).to.equal(`${'a'.repeat(64)}@h.example`);
    expect(valueOf(last, 'UID')).to.equal(valueOf(first, 'UID'));
    expect([valueOf(first, 'SEQUENCE'), valueOf(last, 'SEQUENCE')]).to.deep.equal(['0', '2']);
    expect([valueOf(first, 'METHOD'), valueOf(last, 'METHOD')]).to.deep.equal([
      'PUBLISH',
      'CANCEL',
    ]);
    expect(valueOf(last, 'STATUS')).to.equal('CANCELLED');
  });

  it('says nothing of what the visit is for', () => {
    const told = { ...appointment, description: 'Oncology', comment: 'chemotherapy' };

    expect(calendarFile(version('1'), told, 'h.example')).to.equal(
      calendarFile(version('1'), appointment, 'h.example'),
    );
  });

  it('has none where there is no time', () => {
    expect(calendarFile(version('1'), { resourceType: 'Appointment' }, 'h')).to.equal(undefined);
  });

  describe('of a server', () => {
    let server: TestServer;
    before(async () => {
      server = await startServer();
    });
    after(() => server.close());

    const send = async (method: string, path: string, body?: object): Promise<Response> =>
      fetch(`${server.base}/${path}`, {
        method,
        headers: { 'content-type': 'application/fhir+json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });

    it('comes as text/calendar, and is 404 for what is not there', async () => {
      await send('PUT', 'Patient/a', { resourceType: 'Patient', id: 'a' });
      await send('POST', 'Schedule', scheduleOf({}));
      const [first] = await find(async (method, address) => {
        const answered = await send(method, address);
        const text = await answered.text();
        return { status: answered.status, text, json: JSON.parse(text), keys: [], headers: {} };
      });
      const parameter = [
        {
          name: 'appointment-reference',
          valueReference: { reference: `Appointment/${first!.id!}` },
        },
        { name: 'patient-reference', valueReference: { reference: 'Patient/a' } },
      ];
      const booked = await send('POST', 'Appointment/$book', {
        resourceType: 'Parameters',
        parameter,
      });
      const { id } = (await booked.json()) as Appointment;

      const file = await fetch(`${server.base}/Appointment/${id!}/$calendar-file`, {
        headers: { accept: 'text/calendar' },
      });
      const absent = await send('GET', 'Appointment/absent/$calendar-file');

      expect(file.status).to.equal(200);
      expect(file.headers.get('content-type')).to.equal('text/calendar; charset=utf-8');
      expect(valueOf(await file.text(), 'UID')).to.equal(`${id!}@127.0.0.1`);
      expect(absent.status).to.equal(404);
      await absent.body?.cancel();
    });
  });
});
