// Patient/$summary: the International Patient Summary, as far as the caller may see the record.
// https://hl7.org/fhir/uv/ips/STU2/OperationDefinition-summary.html

import type { Permit } from '../access/permit.ts';
import { parseDocument } from '../fhir/json.ts';
import { notSupported } from '../fhir/problem.ts';
import { locate } from '../interactions/locate.ts';
import type { Context, Handler } from '../interactions/types.ts';
import type { Version } from '../store/port.ts';
import { readInputs, readText, type InputParameter } from './parameters.ts';
import { compositionProfile } from './summary/composition.ts';
import { documentText } from './summary/document.ts';
import { fillSections, type Told } from './summary/fill-sections.ts';
import { findPatient } from './summary/find-patient.ts';
import { findReferenced } from './summary/find-referenced.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [
  { name: 'identifier', type: 'string' },
  { name: 'profile', type: 'canonical' },
];

const handler: Handler = async (request, permit, context) => {
  const inputs = readInputs(request, table);
  checkProfile(readText(inputs, 'profile'));
  const { base } = request;
  const version = await findPatient(request, readText(inputs, 'identifier'), permit, context);
  const patient = readTold(version);
  const whose = { patient: version.id, base };

  const sections = await fillSections(whose, permit, context);
  const entries = sections.flatMap((section) => section.entries);
  const keeper = await findKeeper(version, permit, context);
  const named = await findReferenced([patient, ...entries, ...keeper], whose, permit, context);
  const referenced = [...keeper, ...named];
  const custodian = keeper[0] && version.custodian;
  const text = documentText({ patient, sections, referenced, custodian }, base, context);
  return {
    status: 200,
    text,
    shown: [patient, ...entries, ...referenced].map((one) => one.version),
  };
};

/** Versions that this server's summaries follow. */
const profiles = [compositionProfile, `${compositionProfile}|2.0.0`];

const checkProfile = (profile: string | undefined): void => {
  if (profile === undefined || profiles.includes(profile)) return;
  throw notSupported(
    `Summaries by the profile '${profile}' are not made here; leave 'profile' out, or ask for ${profiles[1]!}.`,
    'profile',
  );
};

const readTold = (version: Version): Told => ({
  version,
  resource: parseDocument(version.text, Infinity).exact,
});

/** The Organization that keeps the Patient, if the caller may see it. */
const findKeeper = async (
  { custodian }: Version,
  permit: Permit,
  context: Context,
): Promise<readonly Told[]> => {
  const [type, id] = custodian?.split('/') ?? [];
  if (type !== 'Organization' || id === undefined) return [];
  const found = await locate({ type, id }, permit, context);
  return found?.deleted === false ? [readTold(found)] : [];
};

export const summary: Operation = {
  name: '$summary',
  definition: 'http://hl7.org/fhir/uv/ips/OperationDefinition/summary',
  levels: ['type', 'instance'],
  types: ['Patient'],
  affectsState: false,
  right: 'read',
  handler,
};
