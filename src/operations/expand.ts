// $expand: the codes of a value set, filtered and page by page.
// https://hl7.org/fhir/R4/valueset-operation-expand.html

import { invalid, tooCostly, unprocessable } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Handler } from '../interactions/types.ts';
import type { Concept, ValueSet } from '../terminology/types.ts';
import { displayIn } from './display.ts';
import { findValueSet } from './find-terminology.ts';
import {
  answer,
  readFlag,
  readInputs,
  readNumber,
  readText,
  readTexts,
  refuse,
  type InputParameter,
  type Inputs,
} from './parameters.ts';
import type { Operation } from './types.ts';

const handler: Handler = async (request, permit, context) => {
  const inputs = readInputs(request, parameters);
  refuse(inputs, unsupported);
  const valueSet = await findValueSet({ request, permit, context, inputs });
  const all = valueSet.list();
  if (!all) throw cannotEnumerate(valueSet);
  const selected = select(all, inputs);
  const page = pageOf(selected, inputs);
  const echoes = echo(inputs, valueSet);
  return answer({
    ...describe(valueSet, inputs),
    expansion: {
      identifier: `urn:uuid:${context.newId()}`,
      timestamp: new Date(context.now()).toISOString(),
      total: selected.length,
      ...(inputs.has('offset') || inputs.has('count') ? { offset: offsetOf(inputs) } : {}),
      ...(echoes.length > 0 ? { parameter: echoes } : {}),
      ...(page.length > 0 ? { contains: page.map((concept) => entry(concept, inputs)) } : {}),
    },
  });
};

const parameters: readonly InputParameter[] = [
  { name: 'url', type: 'uri' },
  { name: 'valueSet', type: 'ValueSet' },
  { name: 'valueSetVersion', type: 'string' },
  { name: 'context', type: 'uri' },
  { name: 'contextDirection', type: 'code' },
  { name: 'filter', type: 'string' },
  { name: 'date', type: 'dateTime' },
  { name: 'offset', type: 'unsignedInt' },
  { name: 'count', type: 'unsignedInt' },
  { name: 'includeDesignations', type: 'boolean' },
  { name: 'designation', type: 'string', repeats: true },
  { name: 'includeDefinition', type: 'boolean' },
  { name: 'activeOnly', type: 'boolean' },
  { name: 'excludeNested', type: 'boolean' },
  { name: 'excludeNotForUI', type: 'boolean' },
  { name: 'excludePostCoordinated', type: 'boolean' },
  { name: 'displayLanguage', type: 'code' },
  { name: 'exclude-system', type: 'canonical', repeats: true },
  { name: 'system-version', type: 'canonical', repeats: true },
  { name: 'check-system-version', type: 'canonical', repeats: true },
  { name: 'force-system-version', type: 'canonical', repeats: true },
];

/** They would change the answer and are not done here, so they are refused instead of ignored. */
const unsupported = [
  'date',
  'designation',
  'system-version',
  'check-system-version',
  'force-system-version',
];

/** An expansion of more codes than this must be asked for in pages. */
const mostAtOnce = 10_000;

export const expand: Operation = {
  name: '$expand',
  definition: 'http://hl7.org/fhir/OperationDefinition/ValueSet-expand',
  levels: ['type', 'instance'],
  types: ['ValueSet'],
  affectsState: false,
  right: 'read',
  handler,
};

const cannotEnumerate = ({ resource, obstacles }: ValueSet): Error =>
  unprocessable([
    {
      severity: 'error',
      code: 'too-costly',
      diagnostics: `ValueSet '${resource.url ?? 'sent'}' cannot be expanded here. ${obstacles.join(' ')}`,
    },
  ]);

const select = (concepts: readonly Concept[], inputs: Inputs): readonly Concept[] => {
  const words = (readText(inputs, 'filter') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const without = new Set(
    readTexts(inputs, 'exclude-system').map((url) => url.replace(/\|.*$/, '')),
  );
  const activeOnly = readFlag(inputs, 'activeOnly') === true;
  const forChoice = readFlag(inputs, 'excludeNotForUI') === true;
  return concepts.filter(
    (concept) =>
      !(activeOnly && concept.inactive) &&
      !(forChoice && concept.abstract) &&
      !without.has(concept.system) &&
      hasWords(concept, words),
  );
};

/** Each word somewhere in the code, the display or a designation. */
const hasWords = (
  { code, display = '', designation }: Concept,
  words: readonly string[],
): boolean => {
  if (words.length === 0) return true;
  const names = designation.map(({ value }) => (typeof value === 'string' ? value : ''));
  const text = [code, display, ...names].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
};

const offsetOf = (inputs: Inputs): number => readNumber(inputs, 'offset') ?? 0;

const pageOf = (concepts: readonly Concept[], inputs: Inputs): readonly Concept[] => {
  const offset = offsetOf(inputs);
  const count = readNumber(inputs, 'count');
  if (offset > concepts.length)
    throw invalid(`Parameter 'offset' is beyond the ${String(concepts.length)} codes there are.`);
  if (count === undefined && concepts.length - offset > mostAtOnce)
    throw tooCostly(
      `The expansion has ${String(concepts.length)} codes; ask for it in pages by 'count' and 'offset'.`,
    );
  return concepts.slice(offset, count === undefined ? undefined : offset + count);
};

/** The value set's own description; its definition only when asked for, its text and old expansion never. */
const describe = ({ resource }: ValueSet, inputs: Inputs): Resource => {
  const hidden = new Set(['text', 'expansion']);
  if (readFlag(inputs, 'includeDefinition') !== true) hidden.add('compose');
  const shown = Object.entries(resource).filter(([name]) => !hidden.has(name));
  return { ...Object.fromEntries(shown), resourceType: 'ValueSet' };
};

/** What was asked and what was used. */
const echo = (inputs: Inputs, { systems }: ValueSet): readonly unknown[] => [
  ...echoed.flatMap(([name, key]) => {
    const value = inputs.get(name)?.[0];
    return value === undefined ? [] : [{ name, [key]: value }];
  }),
  ...systems.map((uri) => ({ name: 'used-codesystem', valueUri: uri })),
];

const echoed = [
  ['filter', 'valueString'],
  ['offset', 'valueInteger'],
  ['count', 'valueInteger'],
  ['activeOnly', 'valueBoolean'],
  ['includeDesignations', 'valueBoolean'],
  ['displayLanguage', 'valueCode'],
  ['excludeNotForUI', 'valueBoolean'],
] as const;

const entry = (concept: Concept, inputs: Inputs): Readonly<Record<string, unknown>> => {
  const { system, version, abstract, inactive, code, designation } = concept;
  const display = displayIn(concept, readText(inputs, 'displayLanguage'));
  const withDesignations =
    readFlag(inputs, 'includeDesignations') === true && designation.length > 0;
  return {
    ...(system === '' ? {} : { system }),
    ...(abstract ? { abstract } : {}),
    ...(inactive ? { inactive } : {}),
    ...(version === undefined ? {} : { version }),
    code,
    ...(display === undefined ? {} : { display }),
    ...(withDesignations ? { designation } : {}),
  };
};
