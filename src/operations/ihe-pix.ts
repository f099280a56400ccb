// Patient/$ihe-pix: the other identifiers of the person who has this one.
// https://profiles.ihe.net/ITI/PIXm/ITI-83.html

import type { Permit } from '../access/permit.ts';
import { restrict } from '../access/restrict.ts';
import { invalid, Problem } from '../fhir/problem.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import { readNumber } from '../health-id/number.ts';
import type { Context, Handler } from '../interactions/types.ts';
import { escape } from '../search/escape.ts';
import { planCriteria } from '../search/plan-criteria.ts';
import type { Version } from '../store/port.ts';
import { countMisses } from './count-misses.ts';
import {
  answerWith,
  readInputs,
  readText,
  readTexts,
  type InputParameter,
  type OutputParameter,
} from './parameters.ts';
import type { Operation } from './types.ts';

const table: readonly InputParameter[] = [
  { name: 'sourceIdentifier', type: 'string' },
  { name: 'targetSystem', type: 'uri', repeats: true },
];

const ihePixIn =
  (system: string): Handler =>
  async (request, permit, context) => {
    const inputs = readInputs(request, table);
    const source = readSource(readText(inputs, 'sourceIdentifier'), system);
    const targets = readTexts(inputs, 'targetSystem');
    checkTargets(targets);
    const criteria = { source, base: request.base };
    const found = await countMisses(permit, context, () => findAll(criteria, permit, context));
    const outputs = found.flatMap((version) => outputsOf(version, { source, targets }));
    if (found.length === 0) throw refusal(404, 'not-found', 'sourceIdentifier is not known.');
    return { ...answerWith(outputs), shown: found };
  };

interface Source {
  readonly system: string;
  readonly value: string;
}

const readSource = (text: string | undefined, own: string): Source => {
  const [, system = '', value = ''] = /^([^|]*)\|(.+)$/s.exec(text ?? '') ?? [];
  if (value === '')
    throw invalid("Parameter 'sourceIdentifier' must be an identifier: system|value.");
  if (!isSystem(system))
    throw refusal(
      400,
      'code-invalid',
      `sourceIdentifier Assigning Authority not found: '${system}'.`,
    );
  const reading = system === own ? readNumber(value) : undefined;
  return { system, value: reading?.ok ? reading.number : value };
};

/** "When the Target Patient Identifier Assigning Authority is not recognized": 403, by the profile. */
const checkTargets = (targets: readonly string[]): void => {
  const unknown = targets.find((target) => !isSystem(target));
  if (unknown !== undefined)
    throw refusal(403, 'code-invalid', `targetSystem not found: '${unknown}'.`);
};

/** Which systems there are nobody lists: whatever may be one is taken for one. */
const isSystem = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\S+$/i.test(text);

const refusal = (status: number, code: string, diagnostics: string): Problem =>
  new Problem(status, [{ severity: 'error', code, diagnostics }]);

const findAll = async (
  { source: { system, value }, base }: { readonly source: Source; readonly base: string },
  permit: Permit,
  context: Context,
): Promise<readonly Version[]> => {
  const token = `${escape(system)}|${escape(value)}`;
  const criteria = `identifier=${encodeURIComponent(token)}`;
  const plan = await planCriteria('Patient', criteria, { ...context, base, now: context.now() });
  const within = restrict(plan, ['Patient'], permit);
  return (await context.store.resources.search(within, { sort: [], size: most })).items;
};

// More records of one number are a mistake that no answer mends.
const most = 20;

const outputsOf = (
  { id, text }: Version,
  { source, targets }: { readonly source: Source; readonly targets: readonly string[] },
): readonly OutputParameter[] => {
  const { identifier } = JSON.parse(text) as Resource;
  const all: readonly unknown[] = Array.isArray(identifier) ? identifier : [];
  const wanted = all
    .filter(isObject)
    .filter(({ system, value }) => system !== source.system || value !== source.value)
    .filter(({ system }) => targets.length === 0 || targets.includes(String(system)));
  return [
    ...wanted.map((each) => ({ name: 'targetIdentifier', valueIdentifier: each })),
    { name: 'targetId', valueReference: { reference: `Patient/${id}` } },
  ];
};

export const ihePix = (system: string): Operation => ({
  name: '$ihe-pix',
  definition: 'https://profiles.ihe.net/ITI/PIXm/OperationDefinition/IHE.PIXm.pix',
  levels: ['type'],
  types: ['Patient'],
  affectsState: false,
  right: 'search',
  handler: ihePixIn(system),
});
