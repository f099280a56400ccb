// DocumentReference/$docref: the documents of a patient: those that are kept, and the summary, which is made when it is fetched.
// https://hl7.org/fhir/us/core/STU6.1/OperationDefinition-docref.html

import type { Permit } from '../access/permit.ts';
import { bundleText } from '../fhir/bundle.ts';
import { mendZone, readDateRange } from '../fhir/date.ts';
import { invalid } from '../fhir/problem.ts';
import { isId } from '../fhir/reference.ts';
import type { Coding } from '../fhir/resource.ts';
import { locate } from '../interactions/locate.ts';
import { findSurvivor } from '../interactions/survivor.ts';
import type { Context, FhirRequest, Handler } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import { findStored, type DocumentsAsked } from './docref/find-stored.ts';
import { isSummary, summaryReference } from './docref/summary-reference.ts';
import {
  readFlag,
  readInputs,
  readText,
  readTexts,
  type InputParameter,
  type Inputs,
} from './parameters.ts';
import type { Operation } from './types.ts';

/** In an address a type is written as in a search: system|code. */
const tableFor = ({ body }: FhirRequest): readonly InputParameter[] => [
  { name: 'patient', type: 'id' },
  { name: 'start', type: 'dateTime' },
  { name: 'end', type: 'dateTime' },
  { name: 'type', type: body ? 'Coding' : 'string', repeats: true },
  { name: 'on-demand', type: 'boolean' },
  { name: 'profile', type: 'canonical', repeats: true },
];

const handler: Handler = async (request, permit, context) => {
  const { base } = request;
  const inputs = readInputs(request, tableFor(request));
  const asked = readAsked(inputs);
  const patient = await findPatient(readPatient(inputs), permit, context);
  const whose = patient && { patient: patient.id, base };
  const stored =
    whose && !asked.isOnlyOnDemand ? await findStored(whose, asked, permit, context) : [];
  const made = whose && isSummary(asked) ? [summaryReference(whose, context)] : [];
  const text = bundleText({
    ...{ type: 'searchset', id: context.newId(), total: made.length + stored.length },
    lastUpdated: new Date(context.now()).toISOString(),
    entries: [
      ...made.map((resource) => ({
        ...{ fullUrl: `urn:uuid:${resource.id!}`, text: JSON.stringify(resource) },
        search: { mode: 'match' },
      })),
      ...stored.map((version) => ({
        ...{ fullUrl: `${base}/${version.type}/${version.id}`, text: version.text },
        search: { mode: 'match' },
      })),
    ],
  });
  return { status: 200, text, shown: [...(patient ? [patient] : []), ...stored] };
};

const readPatient = (inputs: Inputs): string => {
  const id = readText(inputs, 'patient')?.replace(/^Patient\//, '');
  if (id !== undefined && isId(id)) return id;
  throw invalid("Parameter 'patient' must be the id of a Patient.", 'patient');
};

/** "If there is no match, an empty Bundle is returned." Who is hidden is none. */
const findPatient = async (
  id: string,
  permit: Permit,
  context: Context,
): Promise<Version | undefined> => {
  const current = await locate({ type: 'Patient', id }, permit, context);
  if (!current || current.deleted) return undefined;
  return (await findSurvivor(current, permit, context)) ?? current;
};

const readAsked = (inputs: Inputs): DocumentsAsked => {
  const time = (name: string): { low: number; high: number } | undefined => {
    const text = readText(inputs, name);
    const range = text === undefined ? undefined : readDateRange(mendZone(text));
    if (text === undefined || range) return range;
    throw invalid(`'${name}' must be a date such as 2024-05-01, not '${text}'.`, name);
  };
  const [start, end] = [time('start')?.low, time('end')?.high];
  return {
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    types: (inputs.get('type') ?? []).map(readType),
    profiles: readTexts(inputs, 'profile'),
    isOnlyOnDemand: readFlag(inputs, 'on-demand') === true,
  };
};

const readType = (given: unknown): Coding => {
  // `readInputs` has seen that it is an object where it is no text.
  if (typeof given !== 'string') return given as Coding;
  const [, system, code = given] = /^([^|]*)\|(.*)$/s.exec(given) ?? [];
  return { ...(system ? { system } : {}), code };
};

export const docref: Operation = {
  name: '$docref',
  definition: 'http://hl7.org/fhir/us/core/OperationDefinition/docref',
  levels: ['type'],
  types: ['DocumentReference'],
  affectsState: false,
  right: 'search',
  handler,
};
