// Task/[id]/$confirm-access: the patient stands at the desk and tells the one-time code that was sent; the desk gives it here.

import type { Permit } from '../access/permit.ts';
import { businessRule, invalid, notFound, notSupported } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import { locate } from '../interactions/locate.ts';
import { keyOf } from '../interactions/parts.ts';
import { sharingCodeOf } from '../interactions/servers-tasks.ts';
import { retryConflicts } from '../interactions/retry.ts';
import type { Context, FhirRequest, Handler } from '../interactions/types.ts';
import { confirmRequest } from '../sharing/confirm-request.ts';
import type { Version } from '../store/port.ts';
import { answerOf } from './enrol.ts';
import { readInputs, readText, type InputParameter, type Inputs } from './parameters.ts';
import { takerOf } from './sharing/asker.ts';
import type { SharingParts } from './sharing/parts.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [{ name: 'code', type: 'string' }];

const confirmAccessIn =
  (parts: SharingParts): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$confirm-access is asked by POST.');
    const taker = takerOf(permit);
    const code = readCode(readInputs(request, table));
    const own = await ownRequest(request, permit, context);
    context.meter?.checkLookUp(taker.caller);
    const told = await parts.deskCodes.redeem(own.id, code);
    const task = told && (await retryConflicts(() => confirmRequest(told, taker, parts, context)));
    if (task) return answerOf(200, task);
    context.meter?.missedLookUp(taker.caller);
    // One answer for all that can be wrong with it: a request of nobody has no code that fits.
    throw businessRule(
      'The code is wrong, was used, or its time is over. Ask for access again to have a new one sent.',
      'code',
    );
  };

const readCode = (inputs: Inputs): string => {
  const code = (readText(inputs, 'code') ?? '').replaceAll(/[\s-]/g, '');
  if (/^\d{8}$/.test(code)) return code;
  throw invalid("Parameter 'code' must be the eight digits the patient was sent.", 'code');
};

/** Throws 404 for what is not a request of the caller's own organization. */
const ownRequest = async (
  request: FhirRequest,
  permit: Permit,
  context: Context,
): Promise<Version> => {
  const { type, id } = keyOf(request);
  const version = await locate({ type, id }, permit, context);
  const isOwn =
    version &&
    !version.deleted &&
    version.custodian === permit.caller?.organization &&
    sharingCodeOf(JSON.parse(version.text) as Resource) === 'request-access';
  if (!isOwn) throw notFound(type, id);
  return version;
};

export const confirmAccess = (parts: SharingParts): Operation => ({
  name: '$confirm-access',
  definition: 'https://meridian.example/OperationDefinition/confirm-access',
  levels: ['instance'],
  types: ['Task'],
  affectsState: true,
  handler: confirmAccessIn(parts),
});
