// People: a registered patient and who asks for the record, for a test about sharing.

import type { Bundle, Patient, Task } from 'fhir/r4.js';
import type { Answered, Send } from '#test/support/rights.ts';
import { clinician, parameters, person, system, type Sharing } from './inside.ts';

export interface Registered {
  readonly id: string;
  /** The digits of the health ID. */
  readonly uhid: string;
  readonly patient: Patient;
}

/** Somebody new, registered at Organization/a. */
export const register = async (
  inside: Sharing,
  changes: Partial<Patient> = {},
): Promise<Registered> => {
  const desk = { ...clinician('Organization/a'), role: 'desk' as const };
  const resource = { name: 'resource', resource: person(changes) };
  const { json } = await inside.as(desk)('POST', 'Patient/$register', parameters(resource));
  const patient = json as Patient;
  const uhid = patient.identifier!.find((each) => each.system === system)!.value!;
  return { id: patient.id!, uhid, patient };
};

/** Somebody whom nobody would take for the first. */
export const stranger: Partial<Patient> = {
  name: [{ family: 'Okafor', given: ['Ngozi'] }],
  birthDate: '1971-01-01',
  telecom: [{ system: 'phone', value: '+4915112345678' }],
};

export const tasksIn = ({ json }: Answered): readonly Task[] =>
  ((json as Bundle).entry ?? []).map(({ resource }) => resource as Task);

export const firstTask = async (send: Send): Promise<Task> =>
  tasksIn(await send('GET', 'Task?_sort=-_lastUpdated'))[0]!;

/** An answer without what is never the same twice: ids, times and the number that was asked for. */
export const shapeOf = ({ status, text, headers }: Answered, number: string): string =>
  JSON.stringify([status, text, Object.keys(headers)])
    .replaceAll(number, 'uhid')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time');
