// $validate-code: whether a code is in a value set or a code system, and whether its display is right.
// https://hl7.org/fhir/R4/valueset-operation-validate-code.html

import { invalid, unprocessable } from '../fhir/problem.ts';
import type { Coding } from '../fhir/resource.ts';
import type { Context, FhirResponse, Handler } from '../interactions/types.ts';
import type { CodeSystem, Concept, Membership, ValueSet } from '../terminology/types.ts';
import { readCodings } from './codings.ts';
import { displayIn, isDisplay } from './display.ts';
import { findCodeSystem, findValueSet, needCodeSystem, type Call } from './find-terminology.ts';
import {
  answerWith,
  readFlag,
  readInputs,
  readText,
  refuse,
  type InputParameter,
  type Inputs,
} from './parameters.ts';
import type { Operation } from './types.ts';

const common: readonly InputParameter[] = [
  { name: 'url', type: 'uri' },
  { name: 'code', type: 'code' },
  { name: 'display', type: 'string' },
  { name: 'coding', type: 'Coding' },
  { name: 'codeableConcept', type: 'CodeableConcept' },
  { name: 'date', type: 'dateTime' },
  { name: 'abstract', type: 'boolean' },
  { name: 'displayLanguage', type: 'code' },
];

const ofValueSet: readonly InputParameter[] = [
  ...common,
  { name: 'context', type: 'uri' },
  { name: 'valueSet', type: 'ValueSet' },
  { name: 'valueSetVersion', type: 'string' },
  { name: 'system', type: 'uri' },
  { name: 'systemVersion', type: 'string' },
];

const ofCodeSystem: readonly InputParameter[] = [
  ...common,
  { name: 'codeSystem', type: 'CodeSystem' },
  { name: 'version', type: 'string' },
];

const inValueSet: Handler = async (request, permit, context) => {
  const inputs = readInputs(request, ofValueSet);
  refuse(inputs, ['date']);
  const valueSet = await findValueSet({ request, permit, context, inputs });
  const codings = readCodings(inputs);
  const name = `value set '${valueSet.resource.url ?? 'sent'}'`;
  const find = async (coding: Coding): Promise<Concept | undefined> =>
    (await conceptOf(coding, context)) ?? listedConcept(valueSet, coding);
  return judge({
    codings,
    contains: valueSet.contains,
    find,
    name,
    inputs,
    obstacles: valueSet.obstacles,
  });
};

const inCodeSystem: Handler = async (request, permit, context) => {
  const inputs = readInputs(request, ofCodeSystem);
  refuse(inputs, ['date']);
  const codings = readCodings(inputs);
  const call = { request, permit, context, inputs };
  const system =
    (await findCodeSystem(call, { url: 'url', resource: 'codeSystem' })) ??
    (await systemOf(codings, { permit, context }));
  return judge({
    codings,
    contains: memberOf(system),
    find: ({ code = '' }) => Promise.resolve(system.find(code)),
    name: `code system '${system.url}'`,
    inputs,
    obstacles: [],
  });
};

const row = {
  name: '$validate-code',
  levels: ['type', 'instance'],
  affectsState: false,
  right: 'read',
} as const;

export const validateCodeInValueSet: Operation = {
  ...row,
  definition: 'http://hl7.org/fhir/OperationDefinition/ValueSet-validate-code',
  types: ['ValueSet'],
  handler: inValueSet,
};

export const validateCodeInCodeSystem: Operation = {
  ...row,
  definition: 'http://hl7.org/fhir/OperationDefinition/CodeSystem-validate-code',
  types: ['CodeSystem'],
  handler: inCodeSystem,
};

const systemOf = (
  codings: readonly Coding[],
  call: Pick<Call, 'permit' | 'context'>,
): Promise<CodeSystem> => {
  const system = codings[0]?.system;
  if (system === undefined) throw invalid("Parameter 'url' is needed: it names the code system.");
  return needCodeSystem(system, call);
};

const memberOf =
  (codeSystem: CodeSystem): Membership =>
  ({ system, code = '' }) => {
    if (system !== undefined && system !== codeSystem.url) return false;
    return codeSystem.find(code) ? true : codeSystem.isComplete ? false : undefined;
  };

const conceptOf = async (
  { system, code = '' }: Coding,
  { terminology }: Context,
): Promise<Concept | undefined> =>
  system === undefined ? undefined : (await terminology.codeSystem(system))?.find(code);

const listedConcept = (valueSet: ValueSet, { system, code }: Coding): Concept | undefined =>
  valueSet
    .list()
    ?.find((each) => each.code === code && (system === undefined || each.system === system));

interface Question {
  readonly codings: readonly Coding[];
  readonly contains: Membership;
  readonly find: (coding: Coding) => Promise<Concept | undefined>;
  readonly name: string;
  readonly inputs: Inputs;
  readonly obstacles: readonly string[];
}

/** One coding of a concept that is a member is enough. */
const judge = async (question: Question): Promise<FhirResponse> => {
  const { codings, contains, find, name, inputs, obstacles } = question;
  const answers = codings.map((coding) => ({ coding, isMember: contains(coding) }));
  const member = answers.find(({ isMember }) => isMember);
  if (!member) {
    if (answers.some(({ isMember }) => isMember === undefined)) throw undecided(name, obstacles);
    return no(`${codings.map(sayCoding).join(', ')} is not in the ${name}.`);
  }
  const concept = await find(member.coding);
  const display = concept && displayIn(concept, readText(inputs, 'displayLanguage'));
  if (concept?.abstract && readFlag(inputs, 'abstract') === false)
    return no(`${sayCoding(member.coding)} is abstract: it only groups other codes.`, display);
  const sent = member.coding.display;
  if (concept && sent !== undefined && isDisplay(concept, sent) === false)
    return no(
      `'${sent}' is not a display of ${sayCoding(member.coding)}; '${display ?? ''}' is.`,
      display,
    );
  return result(true, undefined, display ?? sent);
};

const sayCoding = ({ system, code }: Coding): string =>
  `'${system === undefined ? '' : `${system}|`}${String(code)}'`;

const no = (message: string, display?: string): FhirResponse => result(false, message, display);

const result = (
  isMember: boolean,
  message: string | undefined,
  display: string | undefined,
): FhirResponse =>
  answerWith([
    { name: 'result', valueBoolean: isMember },
    message === undefined ? undefined : { name: 'message', valueString: message },
    display === undefined ? undefined : { name: 'display', valueString: display },
  ]);

const undecided = (name: string, obstacles: readonly string[]): Error =>
  unprocessable([
    {
      severity: 'error',
      code: 'not-supported',
      diagnostics:
        `Nobody here can say whether the code is in the ${name}. ${obstacles.join(' ')}`.trim(),
    },
  ]);
