// $smart-launch: whoever plays the EHR opens an app for the patient in view and gets the address to send the user to.
// https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#launch-app-ehr-launch

import type { FhirContextItem } from '../access/launch.ts';
import type { Permit } from '../access/permit.ts';
import { invalid, notFound, notSupported } from '../fhir/problem.ts';
import { readReference } from '../fhir/reference.ts';
import type { Resource } from '../fhir/resource.ts';
import { locate } from '../interactions/locate.ts';
import type { Context, Handler } from '../interactions/types.ts';
import {
  answerWith,
  readFlag,
  readInputs,
  readText,
  type InputParameter,
  type Inputs,
} from './parameters.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [
  { name: 'client', type: 'string' },
  { name: 'patient', type: 'string' },
  { name: 'encounter', type: 'string' },
  { name: 'intent', type: 'string' },
  { name: 'fhirContext', type: 'Reference', repeats: true },
  { name: 'needPatientBanner', type: 'boolean' },
];

const handler: Handler = async (request, permit, context) => {
  if (request.method !== 'POST') throw notSupported('$smart-launch is asked by POST.');
  const inputs = readInputs(request, table);
  const client = readText(inputs, 'client');
  if (client === undefined) throw invalid("Parameter 'client' must name the app to open.");
  const intent = readText(inputs, 'intent');
  const needPatientBanner = readFlag(inputs, 'needPatientBanner');
  const { user, organization } = permit.caller ?? {};
  const url = await context.openLaunch({
    client,
    ...(await readInView(inputs, permit, context)),
    ...contextItems(inputs),
    ...(intent === undefined ? {} : { intent }),
    ...(needPatientBanner === undefined ? {} : { needPatientBanner }),
    ...(user === undefined ? {} : { user }),
    ...(organization === undefined ? {} : { organization }),
  });
  if (url === undefined)
    throw invalid(
      `Parameter 'client' must be the id of an app that is registered with a launch_uri; '${client}' is not.`,
    );
  return answerWith([{ name: 'url', valueUrl: url }]);
};

/** The patient and encounter in view, as far as the caller may see them; what is hidden looks absent. */
const readInView = async (
  inputs: Inputs,
  permit: Permit,
  context: Context,
): Promise<{ readonly patient?: string; readonly encounter?: string }> => {
  const encounter = readId(inputs, 'encounter', 'Encounter');
  const given = readId(inputs, 'patient', 'Patient');
  const subject = encounter === undefined ? undefined : await subjectOf(encounter, permit, context);
  if (given !== undefined && subject !== undefined && subject !== given)
    throw invalid(`Encounter/${encounter ?? ''} is not of Patient/${given}.`, 'encounter');
  const patient = given ?? subject;
  if (patient !== undefined) await readVisible('Patient', patient, permit, context);
  return {
    ...(patient === undefined ? {} : { patient }),
    ...(encounter === undefined ? {} : { encounter }),
  };
};

/** A logical id, also written as a reference. */
const readId = (inputs: Inputs, name: string, type: string): string | undefined => {
  const text = readText(inputs, name);
  if (text === undefined) return undefined;
  const reference = readReference(text.includes('/') ? text : `${type}/${text}`);
  if (reference?.type === type) return reference.id;
  throw invalid(`Parameter '${name}' must be the id of a ${type}, not '${text}'.`);
};

const subjectOf = async (
  id: string,
  permit: Permit,
  context: Context,
): Promise<string | undefined> => {
  const encounter = await readVisible('Encounter', id, permit, context);
  const { reference = '' } = (encounter['subject'] ?? {}) as { readonly reference?: string };
  const found = readReference(reference);
  if (found?.type === 'Patient') return found.id;
  throw invalid(`Encounter/${id} is not about a patient.`, 'encounter');
};

const readVisible = async (
  type: string,
  id: string,
  permit: Permit,
  context: Context,
): Promise<Resource> => {
  const found = permit.allows('read', type)
    ? await locate({ type, id }, permit, context)
    : undefined;
  if (!found || found.deleted) throw notFound(type, id);
  return JSON.parse(found.text) as Resource;
};

/** "… SHALL NOT include Patient or Encounter references", which have members of their own. */
const contextItems = (inputs: Inputs): { readonly fhirContext?: readonly FhirContextItem[] } => {
  const given = (inputs.get('fhirContext') ?? []) as readonly FhirContextItem[];
  if (given.length === 0) return {};
  const fhirContext = given.map(({ reference, identifier, type }) => ({
    ...(reference === undefined ? {} : { reference: checkContext(reference) }),
    ...(identifier === undefined ? {} : { identifier }),
    ...(type === undefined ? {} : { type }),
  }));
  return { fhirContext };
};

const checkContext = (reference: string): string => {
  const found = readReference(reference);
  if (found && found.type !== 'Patient' && found.type !== 'Encounter') return reference;
  throw invalid(
    `Parameter 'fhirContext' must be a relative reference, and not to a Patient or Encounter, which have parameters of their own; '${reference}' is not.`,
  );
};

export const smartLaunch: Operation = {
  name: '$smart-launch',
  definition: 'https://meridian.example/OperationDefinition/smart-launch',
  levels: ['system'],
  affectsState: true,
  handler,
};
