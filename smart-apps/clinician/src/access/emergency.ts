// Emergency: opening a record without having been asked in, for a short time and before the eyes of all.
// conformance/sharing/emergencies.md

import type { Parameters, Task } from 'fhir/r4';
import type { Fhir } from '@meridian/ui/fhir/client.ts';
import { operate } from '@meridian/ui/fhir/write.ts';
import { uhidSystemOf } from '@meridian/ui/identity/uhid-system.ts';

export const leastReason = 20;
export const mostReason = 1000;

export interface Emergency {
  readonly uhid: string;
  readonly reason: string;
  readonly purpose: string;
}

/** Answers the id of the Patient. Fails with the kind `missing` where nobody has the number. */
export const breakGlass = async (
  fhir: Fhir,
  { uhid, reason, purpose }: Emergency,
): Promise<string> => {
  const system = await uhidSystemOf(fhir);
  const { parameter = [] } = await operate<Parameters>(fhir, 'Patient/$break-glass', [
    { name: 'identifier', valueIdentifier: { system, value: uhid.trim() } },
    { name: 'reason', valueString: reason.trim() },
    { name: 'purpose', valueCode: purpose },
  ]);
  const patient = parameter.find(({ name }) => name === 'patient')?.valueReference?.reference;
  return (patient ?? '').replace(/^Patient\//, '');
};

export const endEmergency = (fhir: Fhir, task: string): Promise<Task> =>
  operate<Task>(fhir, `Task/${task}/$end-emergency`);

/** The one that lasts longest of those that are not over. */
export const lastingOf = (tasks: readonly Task[], now: number): Task | undefined =>
  tasks.filter((task) => endOf(task) > now).sort((a, b) => endOf(b) - endOf(a))[0];

/** "59:07", or "1:02:00". */
export const formatLeft = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const parts = [...(hours > 0 ? [hours] : []), minutes, seconds % 60];
  return parts.map((part, place) => (place === 0 ? String(part) : pad(part))).join(':');
};

/** Milliseconds since 1970. */
export const endOf = ({ executionPeriod }: Task): number =>
  Date.parse(executionPeriod?.end ?? '') || 0;

const pad = (value: number): string => String(value).padStart(2, '0');
