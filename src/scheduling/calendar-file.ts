// calendar-file: a visit for the calendar of whoever comes: the same event each time, and a later one after each change.
// It says when, not what for: calendars are read by phones, watches and employers.
// https://www.rfc-editor.org/rfc/rfc5545

import type { Resource } from '../fhir/resource.ts';
import type { Version } from '../store/port.ts';

/** undefined for an Appointment that has no time. */
export const calendarFile = (
  { id, version, at }: Version,
  appointment: Resource,
  host: string,
): string | undefined => {
  const { status, start, end } = appointment as Resource & { status: string } & Partial<Times>;
  if (start === undefined || end === undefined) return undefined;
  const isOver = status === 'cancelled';
  const lines = [
    'BEGIN:VCALENDAR',
    ...['VERSION:2.0', 'PRODID:-//Meridian//Appointments//EN'],
    `METHOD:${isOver ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${id}@${host}`,
    // What is written again is a new version: each one is later than those before.
    `SEQUENCE:${String(Number(version) - 1)}`,
    `DTSTAMP:${moment(at)}`,
    `DTSTART:${moment(Date.parse(start))}`,
    `DTEND:${moment(Date.parse(end))}`,
    'SUMMARY:Appointment',
    `STATUS:${isOver ? 'CANCELLED' : status === 'booked' ? 'CONFIRMED' : 'TENTATIVE'}`,
    ...['END:VEVENT', 'END:VCALENDAR'],
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
};

interface Times {
  readonly start: string;
  readonly end: string;
}

/** In UTC, which no calendar can take for another zone: `20261123T033000Z`. */
const moment = (at: number): string => new Date(at).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

/** "Lines of text SHOULD NOT be longer than 75 octets"; all of it is ASCII. */
const folded = (line: string): string => line.replaceAll(/(.{74})(?=.)/g, '$1\r\n ');
