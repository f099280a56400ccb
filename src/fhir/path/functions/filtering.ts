// FHIRPath functions that choose, transform and walk items.
// https://hl7.org/fhirpath/N1/#filtering-and-projection

import {
  fromRun,
  withItem,
  type Compiler,
  type FunctionBuilder,
  type FunctionDefinition,
} from '../compiled.ts';
import { none, single, truthOf, type Element, type Elements } from '../element.ts';
import { PathError } from '../error.ts';
import { keyOf } from '../equality.ts';
import { childrenOf, type Model } from '../model.ts';

const where: FunctionBuilder = (on, [criterion], compiler) => {
  const meets = compiler.compile(criterion!).test;
  return fromRun((input, scope) => {
    const items = on(input, scope);
    if (items.length === 0) return none;
    const kept: Element[] = [];
    for (let at = 0; at < items.length; at += 1)
      if (withItem(items[at]!, at, scope, meets) === true) kept.push(items[at]!);
    return kept;
  });
};

const select: FunctionBuilder = (on, [projection], compiler) => {
  const { run } = compiler.compile(projection!);
  return fromRun((input, scope) => {
    const found: Element[] = [];
    const items = on(input, scope);
    for (let at = 0; at < items.length; at += 1)
      for (const one of withItem(items[at]!, at, scope, run)) found.push(one);
    return found;
  });
};

// An expression such as repeat($this & 'a') would never end.
const mostRepeated = 100_000;

/** Projects again and again what was found and is new. */
const repeat: FunctionBuilder = (on, [projection], compiler) => {
  const { run } = compiler.compile(projection!);
  return fromRun((input, scope) => {
    const found = new Map<string, Element>();
    let wave = on(input, scope);
    while (wave.length > 0) {
      const next = wave.flatMap((item, at) => withItem(item, at, scope, run));
      wave = next.filter((item) => {
        const key = keyOf(item);
        return !found.has(key) && found.set(key, item).size > 0;
      });
      if (found.size > mostRepeated) throw new PathError("FHIRPath's repeat() finds too much.");
    }
    return [...found.values()];
  });
};

const aggregate: FunctionBuilder = (on, [aggregator, start], compiler) => {
  const { run } = compiler.compile(aggregator!);
  const initial = start === undefined ? undefined : compiler.compile(start).run;
  return fromRun((input, scope) => {
    const outer = scope.total;
    scope.total = initial?.(input, scope) ?? none;
    const items = on(input, scope);
    for (let at = 0; at < items.length; at += 1) scope.total = withItem(items[at]!, at, scope, run);
    const { total } = scope;
    scope.total = outer;
    return total;
  });
};

/** Only the branch that counts is evaluated. Throws when the input has several items. */
const iif: FunctionBuilder = (on, [criterion, then, otherwise], compiler) => {
  const holds = compiler.compile(criterion!).run;
  const branches = [then, otherwise].map((branch) => branch && compiler.compile(branch).run);
  return fromRun((input, scope) => {
    const items = on(input, scope);
    single(items);
    const self = scope.self;
    scope.self = items;
    const condition = holds(items, scope);
    const value = single(condition)?.value;
    if (value !== undefined && typeof value !== 'boolean')
      throw new PathError("FHIRPath's iif wants a boolean as its criterion.");
    const result = branches[truthOf(condition) === true ? 0 : 1]?.(items, scope) ?? none;
    scope.self = self;
    return result;
  });
};

const children: FunctionBuilder = (on, _, { model }) =>
  fromRun((input, scope) => childrenOfAll(model, on(input, scope)));

const descendants: FunctionBuilder = (on, _, { model }: Compiler) =>
  fromRun((input, scope) => {
    const found: Element[] = [];
    let wave = childrenOfAll(model, on(input, scope));
    while (wave.length > 0) {
      for (const item of wave) found.push(item);
      wave = childrenOfAll(model, wave);
    }
    return found;
  });

const childrenOfAll = (model: Model, parents: Elements): Elements => {
  const found: Element[] = [];
  for (const parent of parents) childrenOf(model, parent, found);
  return found;
};

export const filtering: Readonly<Record<string, FunctionDefinition>> = {
  where: { least: 1, most: 1, build: where },
  select: { least: 1, most: 1, build: select },
  repeat: { least: 1, most: 1, build: repeat },
  aggregate: { least: 1, most: 2, build: aggregate },
  iif: { least: 2, most: 3, build: iif },
  children: { least: 0, most: 0, build: children },
  descendants: { least: 0, most: 0, build: descendants },
};
