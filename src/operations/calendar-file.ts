// Appointment/[id]/$calendar-file: the visit as an iCalendar file.
// https://www.rfc-editor.org/rfc/rfc5545

import { conflict, gone, notFound } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { locate } from '../interactions/locate.ts';
import { checkMay } from '../interactions/may.ts';
import { keyOf } from '../interactions/parts.ts';
import type { Handler } from '../interactions/types.ts';
import { calendarFile } from '../scheduling/calendar-file.ts';
import { readInputs } from './parameters.ts';
import type { Operation } from './types.ts';

const answerFile: Handler = async (request, permit, context) => {
  checkMay(['read'], 'Appointment', permit);
  readInputs(request, []);
  const key = keyOf(request);
  const version = await locate(key, permit, context);
  if (!version) throw notFound(key.type, key.id);
  if (version.deleted) throw gone(key.type, key.id);
  const { hostname } = new URL(request.base);
  const file = calendarFile(version, JSON.parse(version.text) as Resource, hostname);
  if (file === undefined) throw conflict(`Appointment/${key.id} has no time yet.`);
  const bytes = Buffer.from(file);
  return {
    status: 200,
    bytes: (async function* () {
      yield await Promise.resolve(bytes);
    })(),
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-length': String(bytes.length),
      'content-disposition': 'attachment; filename="appointment.ics"',
    },
    shown: [version],
  };
};

export const calendarFileOperation: Operation = {
  name: '$calendar-file',
  definition: 'https://meridian.example/OperationDefinition/calendar-file',
  levels: ['instance'],
  types: ['Appointment'],
  affectsState: false,
  isOfOwnType: true,
  handler: answerFile,
};
