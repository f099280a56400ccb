// own-parameter: a parameter of the searched types themselves, with its modifier and its list of values.
// https://hl7.org/fhir/R4/search.html#modifiers

import type { SearchParameter } from '../fhir/definitions/types.ts';
import { invalid, tooCostly } from '../fhir/problem.ts';
import { isCommonParameter, isMissing, resolveCommon } from './common-parameters.ts';
import { compositeShape, type Alternative, type CompositeShape } from './composite.ts';
import { tokenElements } from './element-types.ts';
import { split } from './escape.ts';
import type { OwnParameter } from './parameter-path.ts';
import { and, not, nothing, or, type Plan, type ValueLeaf } from './plan.ts';
import type { Scope } from './search-dependencies.ts';
import { unknownParameter } from './unknown-parameter.ts';
import { valueParams } from './value-params.ts';
import { valueTypes } from './values/index.ts';
import type { Question, Read, ValueType } from './values/types.ts';

/** Throws a 400 when a type lacks the parameter, or the parameter the modifier, or a value is not of its form. */
export const resolveOwn = async (
  types: readonly string[],
  own: OwnParameter,
  value: string,
  scope: Scope,
): Promise<Plan> => {
  const values = readValues(value, own.code, scope);
  if (isCommonParameter(own.code)) return resolveCommon(own.code, own.modifier, values, scope);
  const groups = groupsOf(types, own.code, scope);
  if (own.modifier === 'missing' && groups.every(({ parameter }) => parameter.type !== 'composite'))
    return resolveMissing(groups, isMissing(value, own.code), scope);
  const plans = await Promise.all(groups.map((group) => resolveGroup(group, own, values, scope)));
  return Object.hasOwn(negations, own.modifier) ? not(or(...plans)) : or(...plans);
};

/** "In the presence of multiple possible matches, the negation applies to the set, not each individual entry." */
const negations: Readonly<Record<string, string>> = { not: '', 'not-in': 'in' };

/** `a,b` asks for either; an empty value between commas asks for nothing. */
const readValues = (value: string, code: string, { limits }: Scope): readonly string[] => {
  const values = split(value, ',').filter((part) => part !== '');
  if (values.length > limits.orValues)
    throw tooCostly(
      `Parameter '${code}' has ${String(values.length)} values; at most ${String(limits.orValues)} are searched (LIMIT_OR_VALUES).`,
    );
  return values;
};

/** Types whose parameter of the code is read the same way: one leaf can ask them all. */
interface Group {
  readonly parameter: SearchParameter;
  readonly types: readonly string[];
  readonly targets: readonly string[];
}

const groupsOf = (types: readonly string[], code: string, scope: Scope): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const type of types) {
    const parameter = scope.registry.parameter(type, code);
    if (parameter === undefined) throw unknownParameter(code, types, scope.registry);
    const key = keyOf(parameter, type, scope);
    const group = groups.get(key) ?? { parameter, types: [], targets: [] };
    groups.set(key, {
      parameter,
      types: [...group.types, type],
      targets: [...new Set([...group.targets, ...parameter.targets])],
    });
  }
  return [...groups.values()];
};

const keyOf = (parameter: SearchParameter, type: string, { definitions }: Scope): string => {
  if (parameter.type === 'composite') return type;
  if (parameter.type !== 'token') return parameter.type;
  return JSON.stringify(tokenElements(parameter, definitions));
};

const resolveMissing = (groups: readonly Group[], missing: boolean, scope: Scope): Plan => {
  const present = or(
    ...groups.map(({ parameter, types }): Plan => {
      const { kind } = valueTypeOf(parameter);
      return { op: 'present', kind, params: paramsOf(parameter, types, scope) };
    }),
  );
  return missing ? not(present) : present;
};

const paramsOf = (
  { code }: SearchParameter,
  types: readonly string[],
  { definitions }: Scope,
): readonly string[] => types.flatMap((type) => valueParams(type, code, definitions));

// The registry lists no special parameters, and composites are dealt with before.
const valueTypeOf = (parameter: SearchParameter): ValueType =>
  valueTypes[parameter.type as keyof typeof valueTypes];

const resolveGroup = async (
  group: Group,
  own: OwnParameter,
  values: readonly string[],
  scope: Scope,
): Promise<Plan> => {
  if (group.parameter.type === 'composite') return resolveComposite(group, own, values, scope);
  const { read, question } = readingOf(group, own, scope);
  return or(...(await Promise.all(values.map(async (value) => read(value, question)))));
};

interface Reading {
  readonly read: Read;
  readonly question: Question;
}

const readingOf = (group: Group, { code, modifier }: OwnParameter, scope: Scope): Reading => {
  const { parameter, types } = group;
  const { readers } = valueTypeOf(parameter);
  const question = questionOf(group, paramsOf(parameter, types, scope), scope);
  if (parameter.type === 'reference' && scope.definitions.resourceTypes.includes(modifier))
    return { read: readers['']!, question: ofTargetType(question, group, modifier) };
  const meant = parameter.type === 'token' ? (negations[modifier] ?? modifier) : modifier;
  const read = Object.hasOwn(readers, meant) ? readers[meant] : undefined;
  if (read === undefined)
    throw invalid(
      `Parameter '${code}' of ${types[0]!} is a ${parameter.type} and takes no modifier ':${modifier}', only ${modifiersOf(group)}.`,
    );
  return { read, question: { ...question, name: modifier === '' ? code : `${code}:${modifier}` } };
};

const questionOf = (
  { parameter, targets }: Group,
  params: readonly string[],
  scope: Scope,
): Question => ({
  name: parameter.code,
  params,
  targets,
  resourceTypes: scope.definitions.resourceTypes,
  elements: parameter.type === 'token' ? tokenElements(parameter, scope.definitions) : {},
  base: scope.base,
  now: scope.now,
  terminology: scope.terminology,
});

const ofTargetType = (
  question: Question,
  { parameter, targets }: Group,
  type: string,
): Question => {
  if (targets.length > 0 && !targets.includes(type))
    throw invalid(
      `Parameter '${parameter.code}' never refers to ${type}, only to ${targets.join(', ')}.`,
    );
  return { ...question, name: `${parameter.code}:${type}`, targets: [type] };
};

const modifiersOf = ({ parameter, targets }: Group): string => {
  const own = Object.keys(valueTypeOf(parameter).readers).filter((modifier) => modifier !== '');
  const more = parameter.type === 'token' ? Object.keys(negations) : [];
  const types = parameter.type === 'reference' ? targets.slice(0, 8) : [];
  return ['missing', ...own, ...more, ...types].map((modifier) => `:${modifier}`).join(', ');
};

const resolveComposite = async (
  group: Group,
  { code, modifier }: OwnParameter,
  values: readonly string[],
  scope: Scope,
): Promise<Plan> => {
  if (modifier !== '')
    throw invalid(
      `Parameter '${code}' is a composite; "modifiers are not used on composite parameters".`,
    );
  const type = group.types[0]!;
  const shape = compositeShape(group.parameter, type, scope.definitions);
  if (shape === undefined) throw unknownParameter(code, group.types, scope.registry);
  const plans = values.map(async (value) => {
    const asked = { type, parts: partsOf(value, code, shape), scope };
    const alternatives = shape.alternatives.map((each) => readAlternative(each, asked));
    return or(...(await Promise.all(alternatives)));
  });
  return or(...(await Promise.all(plans)));
};

interface Part {
  readonly parameter: SearchParameter;
  readonly text: string;
}

const partsOf = (value: string, code: string, { parts }: CompositeShape): readonly Part[] => {
  const texts = split(value, '$');
  if (texts.length !== parts.length || texts.includes(''))
    throw invalid(
      `'${value}' has not the ${String(parts.length)} parts of '${code}': ${parts.map((part) => part.code).join('$')}.`,
    );
  return parts.map((parameter, at) => ({ parameter, text: texts[at]! }));
};

const readAlternative = async (
  alternative: Alternative,
  {
    type,
    parts,
    scope,
  }: { readonly type: string; readonly parts: readonly Part[]; readonly scope: Scope },
): Promise<Plan> => {
  const plans = await Promise.all(
    parts.map(async ({ parameter, text }, at) => {
      const params =
        alternative.kind === 'whole'
          ? valueParams(type, alternative.codes[at]!, scope.definitions)
          : [`${type}.${alternative.host}#${String(at)}`];
      const group = { parameter, types: [type], targets: parameter.targets };
      return valueTypeOf(parameter).readers['']!(text, questionOf(group, params, scope));
    }),
  );
  if (alternative.kind === 'whole') return and(...plans);
  if (plans.some(({ op }) => op === 'nothing')) return nothing;
  // A reader without modifier gives one leaf (values/types.ts).
  return { op: 'composite', parts: plans as readonly ValueLeaf[] };
};
