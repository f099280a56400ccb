// A hospital with a doctor who has hours, and people who book, on any engine.

import type { Appointment, Bundle, Extension, Schedule } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { unrestricted } from '#src/access/permit.ts';
import { documentOf } from '#src/fhir/json.ts';
import { prepare } from '#src/interactions/prepare.ts';
import type { Opened } from '#test/contract/support/engines.ts';
import { openInside, type Inside, type Send } from '#test/support/rights.ts';

export const availabilityUrl = 'https://meridian.example/StructureDefinition/availability';

export interface Hours {
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
}

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export interface Availability {
  readonly zone?: string;
  readonly length?: number;
  readonly more?: readonly object[];
  readonly hours?: readonly Hours[];
}

/** Open all day, every day, in UTC, half an hour each, unless something else is said. */
export const availability = ({
  zone = 'UTC',
  length = 30,
  more = [],
  hours = [{ days: everyDay, from: '00:00:00', to: '00:00:00' }],
}: Availability = {}) => ({
  url: availabilityUrl,
  extension: [
    { url: 'time-zone', valueCode: zone },
    { url: 'length', valuePositiveInt: length },
    ...hours.map(({ days, from, to }) => ({
      url: 'hours',
      extension: [
        ...days.map((day) => ({ url: 'day', valueCode: day })),
        { url: 'from', valueTime: from },
        { url: 'to', valueTime: to },
      ],
    })),
    ...more,
  ],
});

export const scheduleOf = (
  rules: Availability,
  parts: Partial<Pick<Schedule, 'actor'>> = {},
): Schedule => ({
  ...{ resourceType: 'Schedule', active: true },
  extension: [availability(rules) as Extension],
  actor: [{ reference: 'Practitioner/dr' }],
  ...parts,
});

const common = { client: 'test', token: 'test' };
export const patient = (id: string): Caller => ({
  ...{ ...common, role: 'patient', user: id, fhirUser: `Patient/${id}`, patient: id },
  scopes: ['patient/*.cruds', 'user/*.rs'],
});
export const desk = (organization: string): Caller => ({
  ...{ ...common, role: 'desk', user: 'desk', fhirUser: 'Practitioner/desk', organization },
  scopes: ['user/*.cruds'],
});

export interface Hospital {
  readonly inside: Inside;
  /** The staff of Organization/h, who keep everything here. */
  readonly desk: Send;
  readonly as: (id: string) => Send;
  /** Stores a Schedule as one that was there before its rules were checked. */
  keepOld(schedule: Schedule): Promise<void>;
  addSchedule(rules?: Availability, parts?: Pick<Schedule, 'actor'>): Promise<string>;
}

/** Patients a, b, c and p0 … p15 of Organization/h. */
export const openHospital = async ({ store }: Opened): Promise<Hospital> => {
  const inside = openInside(store);
  const h = inside.by('Organization/h');
  const people = ['a', 'b', 'c', ...Array.from({ length: 16 }, (_, n) => `p${String(n)}`)];
  const put = (resource: object & { resourceType: string; id: string }) =>
    h('PUT', `${resource.resourceType}/${resource.id}`, { body: resource });
  await put({ resourceType: 'Organization', id: 'h', name: 'H' } as never);
  await put({ resourceType: 'Practitioner', id: 'dr' });
  for (const id of people) await put({ resourceType: 'Patient', id });
  return {
    inside,
    desk: inside.as(desk('Organization/h')),
    as: (id) => inside.as(patient(id)),
    keepOld: async (schedule) => {
      const { context } = inside;
      const unchecked = { ...context, validate: () => Promise.resolve([]) };
      const document = documentOf(schedule as never);
      const draft = { type: 'Schedule', id: context.newId(), document, method: 'POST' } as const;
      const permit = { ...unrestricted, custodian: 'Organization/h' };
      await store.resources.commit([(await prepare(draft, permit, unchecked)).change]);
    },
    addSchedule: async (rules = {}, parts) => {
      const { json } = await h('POST', 'Schedule', { body: scheduleOf(rules, parts) });
      return (json as Schedule).id!;
    },
  };
};

export const refers = (name: string, reference: string) => ({
  name,
  valueReference: { reference },
});
export const parameters = (...parameter: readonly object[]) => ({
  body: { resourceType: 'Parameters', parameter },
});

/** From the midnight after tomorrow in UTC, for a day, unless something else is said: far enough for a slow test. */
export const find = async (send: Send, query = '', days = 1): Promise<readonly Appointment[]> => {
  const start = (Math.ceil(Date.now() / 86_400_000) + 1) * 86_400_000;
  const end = start + days * 86_400_000;
  const span = `start=${new Date(start).toISOString()}&end=${new Date(end).toISOString()}`;
  const { json } = await send('GET', `Appointment/$find?${span}&_count=500${query}`);
  return ((json as Bundle<Appointment>).entry ?? []).map(({ resource }) => resource!);
};

export const hold = (send: Send, id: string, ...more: readonly object[]) =>
  send(
    'POST',
    'Appointment/$hold',
    parameters(refers('appointment-reference', `Appointment/${id}`), ...more),
  );
export const book = (send: Send, id: string, ...more: readonly object[]) =>
  send(
    'POST',
    'Appointment/$book',
    parameters(refers('appointment-reference', `Appointment/${id}`), ...more),
  );
export const onBehalfOf = (id: string) => refers('patient-reference', `Patient/${id}`);
