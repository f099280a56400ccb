// Faults: what is not right with the rules, at the field it is about: what the browser sees itself, and what the server says by element.

import { FhirFailure } from '@meridian/ui/fhir/failure.ts';
import { fieldParts, type AvailabilityForm } from './form.ts';

/** By field, such as `length` or `hours.0`; '' for what is about none of them. */
export type FieldFaults = Readonly<Record<string, string>>;

/** What could not even be sent: keys of the texts. */
export const ownFaults = (form: AvailabilityForm): Readonly<Record<string, OwnFault>> => {
  const minutes = (['length', 'buffer', 'capacity', 'notice', 'cancelNotice'] as const).filter(
    (name) => !/^\d{1,6}$/.test(form[name].trim()),
  );
  const times = (field: string, list: readonly { readonly from: string; readonly to: string }[]) =>
    list.flatMap(({ from, to }, place) =>
      isTime(from) && isTime(to) ? [] : [`${field}.${String(place)}`],
    );
  return {
    ...all(minutes, 'number'),
    ...all([...times('hours', form.hours), ...times('days', form.days)], 'times'),
    ...all(
      form.hours.flatMap(({ days }, place) => (days.length > 0 ? [] : [`hours.${String(place)}`])),
      'weekdays',
    ),
    ...all(
      form.days.flatMap(({ date }, place) => (date === '' ? [`days.${String(place)}`] : [])),
      'date',
    ),
    ...all(
      form.closed.flatMap(({ start }, place) => (start === '' ? [`closed.${String(place)}`] : [])),
      'date',
    ),
  };
};

export type OwnFault = 'number' | 'times' | 'weekdays' | 'date';

const isTime = (time: string): boolean => /^\d\d:\d\d$/.test(time);

const all = (fields: readonly string[], fault: OwnFault): Readonly<Record<string, OwnFault>> =>
  Object.fromEntries(fields.map((field) => [field, fault]));

/** Of a 422: each issue names its element, such as `Schedule.extension[0].extension[4]`. */
export const serverFaults = (error: unknown, form: AvailabilityForm): FieldFaults => {
  if (!(error instanceof FhirFailure) || error.kind !== 'invalid') return {};
  const parts = fieldParts(form);
  const faults: Record<string, string> = {};
  for (const { diagnostics, details, expression = [] } of error.outcome?.issue ?? []) {
    const text = details?.text ?? diagnostics ?? '';
    const place = /^Schedule\.extension\[0\]\.extension\[(\d+)\]/.exec(expression[0] ?? '')?.[1];
    const field = place === undefined ? '' : (parts[Number(place)]?.field ?? '');
    faults[field] = [faults[field], text].filter(Boolean).join(' ');
  }
  return faults;
};
