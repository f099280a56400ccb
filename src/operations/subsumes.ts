// $subsumes: how two codes of a code system stand to each other in its hierarchy.
// https://hl7.org/fhir/R4/codesystem-operation-subsumes.html

import { invalid, notFound } from '../fhir/problem.ts';
import type { Coding } from '../fhir/resource.ts';
import type { Handler } from '../interactions/types.ts';
import { reach } from '../terminology/code-system.ts';
import type { CodeSystem } from '../terminology/types.ts';
import { findCodeSystem, needCodeSystem } from './find-terminology.ts';
import {
  answerWith,
  readInputs,
  readJson,
  readText,
  type InputParameter,
  type Inputs,
} from './parameters.ts';
import type { Operation } from './types.ts';

const parameters: readonly InputParameter[] = [
  { name: 'codeA', type: 'code' },
  { name: 'codeB', type: 'code' },
  { name: 'system', type: 'uri' },
  { name: 'version', type: 'string' },
  { name: 'codingA', type: 'Coding' },
  { name: 'codingB', type: 'Coding' },
];

const handler: Handler = async (request, permit, context) => {
  const inputs = readInputs(request, parameters);
  const a = codingOf(inputs, 'A');
  const b = codingOf(inputs, 'B');
  const named = await findCodeSystem({ request, permit, context, inputs }, { url: 'system' });
  const url = a.system ?? b.system;
  if (!named && url === undefined)
    throw invalid("Parameter 'system' is needed: it names the code system.");
  const system = named ?? (await needCodeSystem(url ?? '', { permit, context }));
  for (const { system: of } of [a, b])
    if (of !== undefined && of !== system.url)
      throw invalid(`Both codes must be of the code system '${system.url}', not '${of}'.`);
  const outcome = compare(system, codeIn(system, a), codeIn(system, b));
  return answerWith([{ name: 'outcome', valueCode: outcome }]);
};

export const subsumes: Operation = {
  name: '$subsumes',
  definition: 'http://hl7.org/fhir/OperationDefinition/CodeSystem-subsumes',
  levels: ['type', 'instance'],
  types: ['CodeSystem'],
  affectsState: false,
  right: 'read',
  handler,
};

const codingOf = (inputs: Inputs, letter: 'A' | 'B'): Coding => {
  const code = readText(inputs, `code${letter}`);
  const coding = readJson(inputs, `coding${letter}`) as Coding | undefined;
  if ((code === undefined) === (coding === undefined))
    throw invalid(`Exactly one of the parameters code${letter} and coding${letter} must be given.`);
  return coding ?? { code: code ?? '' };
};

const codeIn = (system: CodeSystem, { code }: Coding): string => {
  const concept = system.find(typeof code === 'string' ? code : '');
  if (!concept) throw notFound(`Code ${system.url}`, String(code));
  return concept.code;
};

const compare = (system: CodeSystem, a: string, b: string): string => {
  if (a === b) return 'equivalent';
  if (reach(a, (code) => system.children(code)).has(b)) return 'subsumes';
  return reach(b, (code) => system.children(code)).has(a) ? 'subsumed-by' : 'not-subsumed';
};
