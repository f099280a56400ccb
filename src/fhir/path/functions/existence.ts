// FHIRPath functions that ask about a collection as a whole.
// https://hl7.org/fhirpath/N1/#existence

import {
  fromRun,
  fromTest,
  withItem,
  type FunctionBuilder,
  type FunctionDefinition,
  type Test,
} from '../compiled.ts';
import { ofInteger, type Element, type Elements } from '../element.ts';
import { distinctItems, includesItem } from '../equality.ts';
import { PathError } from '../error.ts';

const about =
  (ask: (items: Elements) => boolean | undefined): FunctionBuilder =>
  (on) =>
    fromTest((input, scope) => ask(on(input, scope)));

const aboutBoth =
  (ask: (items: Elements, others: Elements) => boolean): FunctionBuilder =>
  (on, [parameter], compiler) => {
    const others = compiler.compile(parameter!).run;
    return fromTest((input, scope) => ask(on(input, scope), others(scope.self, scope)));
  };

/** Whether the criterion is true of some item, of all items. */
const someMeets: FunctionBuilder = (on, [parameter], compiler) => {
  if (parameter === undefined) return about((items) => items.length > 0)(on, [], compiler);
  const meets = compiler.compile(parameter).test;
  return fromTest((input, scope) => {
    const items = on(input, scope);
    for (let at = 0; at < items.length; at += 1)
      if (withItem(items[at]!, at, scope, meets) === true) return true;
    return false;
  });
};

const allMeet: FunctionBuilder = (on, [parameter], compiler) => {
  const meets: Test = compiler.compile(parameter!).test;
  return fromTest((input, scope) => {
    const items = on(input, scope);
    for (let at = 0; at < items.length; at += 1)
      if (withItem(items[at]!, at, scope, meets) !== true) return false;
    return true;
  });
};

const not: FunctionBuilder = (on) => {
  const { test } = fromRun(on);
  return fromTest((input, scope) => {
    const truth = test(input, scope);
    return truth === undefined ? undefined : !truth;
  });
};

const isTruth =
  (wanted: boolean) =>
  ({ value }: Element): boolean => {
    if (typeof value !== 'boolean') throw new PathError('FHIRPath wants only booleans here.');
    return value === wanted;
  };

const areAllIn = (items: Elements, others: Elements): boolean =>
  items.every((item) => includesItem(others, item));

export const existence: Readonly<Record<string, FunctionDefinition>> = {
  empty: { least: 0, most: 0, build: about((items) => items.length === 0) },
  exists: { least: 0, most: 1, build: someMeets },
  all: { least: 1, most: 1, build: allMeet },
  not: { least: 0, most: 0, build: not },
  count: {
    least: 0,
    most: 0,
    build: (on) => fromRun((input, scope) => ofInteger(on(input, scope).length)),
  },
  isDistinct: {
    least: 0,
    most: 0,
    build: about((items) => distinctItems(items).length === items.length),
  },
  allTrue: { least: 0, most: 0, build: about((items) => items.every(isTruth(true))) },
  anyTrue: { least: 0, most: 0, build: about((items) => items.some(isTruth(true))) },
  allFalse: { least: 0, most: 0, build: about((items) => items.every(isTruth(false))) },
  anyFalse: { least: 0, most: 0, build: about((items) => items.some(isTruth(false))) },
  subsetOf: { least: 1, most: 1, build: aboutBoth(areAllIn) },
  supersetOf: { least: 1, most: 1, build: aboutBoth((items, others) => areAllIn(others, items)) },
};
