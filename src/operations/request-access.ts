// Patient/$request-access: asks a patient, by health ID, for the right to read the record. The answer is the same whether there
// is such a patient or not, and so is the work.

import { notSupported, throttled } from '../fhir/problem.ts';
import { versionHeaders } from '../interactions/answers.ts';
import type { Context, Handler } from '../interactions/types.ts';
import type { Asked } from '../sharing/asked.ts';
import { fileRequest } from '../sharing/file-request.ts';
import { takeSlot } from '../sharing/slots.ts';
import { readInputs } from './parameters.ts';
import { askerOf } from './sharing/asker.ts';
import type { SharingParts } from './sharing/parts.ts';
import { askingTable, isAtDesk, malformed, readAsking, readNamed } from './sharing/read-asking.ts';
import type { Operation } from './types.ts';

const requestAccessIn =
  (parts: SharingParts): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$request-access is asked by POST.');
    const asker = askerOf(permit);
    const inputs = readInputs(request, askingTable);
    const asked = readAsking(inputs, asker, context.now());
    const identifier = readNamed(inputs, parts.system);
    const way = isAtDesk(inputs) ? 'by code at the desk' : 'by an answer';
    // Each counts as a look-up that found nobody: what is left of the quota would tell which did.
    context.meter?.checkLookUp(asker.caller);
    context.meter?.missedLookUp(asker.caller);

    await limit(asked, identifier.value, context);
    const found = await parts.resolve(identifier.value);
    if (found.kind === 'malformed') throw malformed(found.why);
    const patient = found.kind === 'known' ? found.version : undefined;
    const { caller } = asker;
    const { version } = await fileRequest(
      { caller, asked, identifier, patient, way },
      parts,
      context,
    );
    return {
      status: 202,
      text: version.text,
      headers: { ...versionHeaders(version), location: `${request.base}/Task/${version.id}` },
      shown: [version],
    };
  };

/** By the number that was sent, whoever has it: throws 429. */
const limit = async (
  { organization }: Asked,
  number: string,
  { store, now }: Context,
): Promise<void> => {
  const requests = { kind: 'access-request', of: `${organization} ${number}`, most: 5 };
  if (await takeSlot(requests, { records: store.records, now })) return;
  throw throttled('Your organization has asked for this number five times within an hour.', 3600);
};

export const requestAccess = (parts: SharingParts): Operation => ({
  name: '$request-access',
  definition: 'https://meridian.example/OperationDefinition/request-access',
  levels: ['type'],
  types: ['Patient'],
  affectsState: true,
  handler: requestAccessIn(parts),
});
