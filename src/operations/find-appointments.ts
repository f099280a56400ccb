// Appointment/$find: the times that can be booked, as Appointments that are proposed and stored nowhere.
// https://profiles.ihe.net/ITI/Scheduling/ITI-115.html

import { tooCostly } from '../fhir/problem.ts';
import { checkMaySearch } from '../interactions/may.ts';
import type { Context, FhirRequest, Handler } from '../interactions/types.ts';
import { openCalendars } from '../scheduling/calendars.ts';
import { findSoonest } from '../scheduling/find-soonest.ts';
import type { OfferedTime } from '../scheduling/find-times.ts';
import { capacityUrl } from '../scheduling/publish/links.ts';
import { appointmentTime, providersOf } from '../scheduling/visit.ts';
import type { Permit } from '../access/permit.ts';
import { and, type Plan } from '../search/plan.ts';
import { planSearch } from '../search/plan-search.ts';
import type { Version } from '../store/port.ts';
import { readInputs, readNumber, readText, readTexts, type Inputs } from './parameters.ts';
import { readSpan } from './scheduling/read-span.ts';
import type { Operation } from './types.ts';

const table = [
  { name: 'start', type: 'dateTime' },
  { name: 'end', type: 'dateTime' },
  { name: 'specialty', type: 'string', repeats: true },
  { name: 'visit-type', type: 'string', repeats: true },
  { name: 'practitioner', type: 'string', repeats: true },
  { name: 'location-reference', type: 'string', repeats: true },
  { name: 'schedule', type: 'string', repeats: true },
  { name: 'organization', type: 'string' },
  { name: 'mode', type: 'code' },
  { name: '_count', type: 'positiveInt' },
] as const;

/** Looked through at once. */
const mostDays = 62;

const findAppointments: Handler = async (request, permit, context) => {
  for (const type of ['Schedule', 'Slot']) checkMaySearch(type, permit);
  const inputs = readInputs(request, table);
  const within = readSpan(inputs, mostDays);
  const schedules = await findSchedules(inputs, { request, permit }, context);
  const mode = readText(inputs, 'mode');
  const calendars = (await openCalendars(schedules, context)).filter(
    ({ rules }) => mode === undefined || rules.mode === mode,
  );
  const count = Math.min(readNumber(inputs, '_count') ?? 50, 500);
  const { times, isAll } = await findSoonest(calendars, within, count, context);
  const bundle = {
    ...{ resourceType: 'Bundle', type: 'searchset' },
    // How many there are is known where all were looked for.
    ...(isAll ? { total: times.length } : {}),
    entry: times.slice(0, count).map((time) => ({
      fullUrl: `${request.base}/Appointment/${time.id}`,
      resource: proposalOf(time),
      search: { mode: 'match' },
    })),
  };
  return {
    status: 200,
    text: JSON.stringify(times.length === 0 ? { ...bundle, entry: undefined } : bundle),
    shown: calendars.map(({ version }) => version),
  };
};

/** What `Schedule?…` would find, of what the caller may see. */
const findSchedules = async (
  inputs: Inputs,
  { request, permit }: { readonly request: FhirRequest; readonly permit: Permit },
  context: Context,
): Promise<readonly Version[]> => {
  const criteria = Object.entries(criteriaNames).flatMap(([name, parameter]) => {
    const values = readTexts(inputs, name);
    return values.length === 0 ? [] : [[parameter, values.join(',')] as const];
  });
  const { plan } = await planSearch(
    {
      ...{ types: ['Schedule'], query: criteria, base: request.base, handling: 'strict' },
      ...{ limits: context.limits, now: context.now() },
    },
    context,
  );
  const narrowed = and(plan, keptBy(inputs), permit.filter('Schedule', 'search'));
  const { items } = await context.store.resources.search(narrowed, {
    ...{ sort: [], size: mostSchedules + 1 },
  });
  if (items.length > mostSchedules)
    throw tooCostly(
      `More than ${String(mostSchedules)} Schedules fit; narrow it by specialty, visit-type, practitioner, location-reference or organization.`,
    );
  return items;
};

const criteriaNames = {
  specialty: 'specialty',
  'visit-type': 'service-type',
  practitioner: 'actor',
  'location-reference': 'actor',
  schedule: '_id',
} as const;

const mostSchedules = 200;

const keptBy = (inputs: Inputs): Plan => {
  const organization = readText(inputs, 'organization');
  return organization === undefined
    ? { op: 'everything' }
    : { op: 'custodian', organizations: [organization] };
};

const proposalOf = ({ id, time, calendar, seats }: OfferedTime): object => {
  const { start, end, ...when } = appointmentTime(calendar, time);
  return {
    ...{ resourceType: 'Appointment', id },
    contained: [
      {
        ...{ resourceType: 'Slot', id: 'slot' },
        extension: [{ url: capacityUrl, valueInteger: seats }],
        schedule: { reference: `Schedule/${calendar.id}` },
        ...{ status: 'free', start, end },
      },
    ],
    ...when,
    ...{ status: 'proposed', start, end, slot: [{ reference: '#slot' }] },
    participant: providersOf(calendar),
  };
};

export const findAppointmentsOperation: Operation = {
  name: '$find',
  definition: 'https://meridian.example/OperationDefinition/find-appointments',
  levels: ['type'],
  types: ['Appointment'],
  affectsState: false,
  handler: findAppointments,
};
