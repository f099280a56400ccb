// Patient/[id]/$alias: a patient's own sharing handle: given, exchanged for another, or taken back.

import type { Permit } from '../access/permit.ts';
import { forbidden, invalid, notFound, notSupported } from '../fhir/problem.ts';
import { showAlias, type Aliases } from '../health-id/alias.ts';
import { locate } from '../interactions/locate.ts';
import { keyOf } from '../interactions/parts.ts';
import type { Handler } from '../interactions/types.ts';
import { readInputs, readText } from './parameters.ts';
import type { Operation } from './types.ts';

const aliasIn =
  (aliases: Aliases): Handler =>
  async (request, permit, context) => {
    if (request.method !== 'POST') throw notSupported('$alias is asked by POST.');
    refuseOthers(permit);
    const action = readText(readInputs(request, [{ name: 'action', type: 'code' }]), 'action');
    const act = readAction(action ?? 'issue');
    const { type, id } = keyOf(request);
    const current = await locate({ type, id }, permit, context);
    if (!current || current.deleted) throw notFound(type, id);
    const alias = await act(aliases, id);
    const parameter = alias === undefined ? [] : [{ name: 'alias', valueString: showAlias(alias) }];
    const text = JSON.stringify({ resourceType: 'Parameters', parameter });
    return { status: 200, text, isWhole: true, shown: [current] };
  };

/** Whoever could look it up could hand it on. */
const refuseOthers = ({ caller }: Permit): void => {
  if (caller?.role === 'patient' || caller?.role === 'proxy') return;
  throw forbidden(
    'The sharing handle is the patient’s: only they, and who stands for them, have it.',
  );
};

type Act = (aliases: Aliases, patient: string) => Promise<string | undefined>;

const actions: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['issue', (aliases, patient) => aliases.issue(patient)],
  ['rotate', (aliases, patient) => aliases.rotate(patient)],
  ['revoke', async (aliases, patient) => aliases.revoke(patient).then(() => undefined)],
]);

const readAction = (text: string): Act => {
  const found = actions.get(text);
  if (found) return found;
  throw invalid(
    `Parameter 'action' must be ${[...actions.keys()].join(', ')}, not '${text}'.`,
    'action',
  );
};

export const alias = (aliases: Aliases): Operation => ({
  name: '$alias',
  definition: 'https://meridian.example/OperationDefinition/alias',
  levels: ['instance'],
  types: ['Patient'],
  affectsState: true,
  right: 'update',
  handler: aliasIn(aliases),
});
