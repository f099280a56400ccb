// Patient/$match: the Patients that may be the person described, each with a grade and a score, best first.
// https://hl7.org/fhir/R4/patient-operation-match.html

import type { Permit } from '../access/permit.ts';
import { restrict } from '../access/restrict.ts';
import { bundleText, type BundleEntry } from '../fhir/bundle.ts';
import { outcomeOf } from '../fhir/outcome.ts';
import { forbidden, invalid, notSupported, type Issue } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { readOwnNumbers } from '../health-id/identifiers.ts';
import { findMatches, type Match } from '../health-id/match/find.ts';
import { keysOf } from '../health-id/match/keys.ts';
import { readPerson } from '../health-id/match/person.ts';
import type { Context, Handler } from '../interactions/types.ts';
import { everything } from '../search/plan.ts';
import { countMisses } from './count-misses.ts';
import {
  readFlag,
  readInputs,
  readJson,
  readNumber,
  type InputParameter,
  type Inputs,
} from './parameters.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [
  { name: 'resource', type: 'Patient' },
  { name: 'onlyCertainMatches', type: 'boolean' },
  { name: 'count', type: 'positiveInt' },
];

/** `system` is that of the network's health IDs. */
const matchIn =
  (system: string): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$match is asked by POST.');
    refusePatients(permit);
    const inputs = readInputs(request, table);
    const { resource, issues } = readOwnNumbers(readPatient(inputs), system);
    const found = await countMisses(permit, context, () =>
      findAmongSeen(resource, permit, context),
    );
    const matches = choose(found, inputs, context);
    const text = bundleText({
      ...{ type: 'searchset', id: context.newId(), total: matches.length },
      lastUpdated: new Date(context.now()).toISOString(),
      entries: [...matches.map((match) => entryOf(match, request.base)), ...warningsOf(issues)],
    });
    return { status: 200, text, shown: matches.map(({ version }) => version) };
  };

/** "Patients SHALL NOT call match directly": what comes back is other people. https://hl7.org/fhir/us/identity-matching */
const refusePatients = ({ caller }: Permit): void => {
  if (caller?.role === 'patient' || caller?.role === 'proxy')
    throw forbidden('Patient/$match is for staff and systems.');
};

const readPatient = (inputs: Inputs): Resource => {
  const patient = readJson(inputs, 'resource');
  if (!patient) throw invalid("Parameter 'resource' must hold the Patient to look for.");
  refuseModifiers(patient);
  // `readInputs` has seen its resourceType.
  return patient as Resource;
};

/** "Unrecognized modifierExtension": what they change in its meaning nobody here knows. PDQm, ITI-119. */
const refuseModifiers = (patient: Readonly<Record<string, unknown>>): void => {
  const found = ['modifierExtension', 'implicitRules'].find((name) => patient[name] !== undefined);
  if (found === undefined) return;
  throw invalid(
    `${found} may change what the Patient says and is not known here.`,
    `Patient.${found}`,
  );
};

/** Nobody but those the caller may see: that there are others is not told. */
const findAmongSeen = async (
  patient: Resource,
  permit: Permit,
  { store }: Context,
): Promise<readonly Match[]> => {
  const person = readPerson(patient);
  if (keysOf(person).length === 0)
    throw invalid(
      "Parameter 'resource' tells too little: send an identifier, a phone, an e-mail, or a name with a birth date or a postal code.",
      'Patient',
    );
  const within = restrict(everything, ['Patient'], permit);
  return (await findMatches(person, within, store.resources)).matches;
};

/** "If there are multiple potential matches, then the match should not return the results with this flag set to true." */
const choose = (found: readonly Match[], inputs: Inputs, { limits }: Context): readonly Match[] => {
  const certain = found.filter(({ grade }) => grade === 'certain');
  const only = readFlag(inputs, 'onlyCertainMatches') === true;
  const asked = only ? (certain.length === 1 ? certain : []) : found;
  return asked.slice(0, Math.min(readNumber(inputs, 'count') ?? limits.page, limits.page));
};

const gradeUrl = 'http://hl7.org/fhir/StructureDefinition/match-grade';

const entryOf = ({ version, grade, score }: Match, base: string): BundleEntry => ({
  fullUrl: `${base}/Patient/${version.id}`,
  text: version.text,
  search: { extension: [{ url: gradeUrl, valueCode: grade }], mode: 'match', score },
});

const warningsOf = (issues: readonly Issue[]): readonly BundleEntry[] =>
  issues.length === 0
    ? []
    : [{ text: JSON.stringify(outcomeOf(issues)), search: { mode: 'outcome' } }];

export const match = (system: string): Operation => ({
  name: '$match',
  definition: 'http://hl7.org/fhir/OperationDefinition/Patient-match',
  levels: ['type'],
  types: ['Patient'],
  affectsState: false,
  right: 'search',
  handler: matchIn(system),
});
