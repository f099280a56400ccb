// FHIRPath functions that take items by place or by comparison with another collection.
// https://hl7.org/fhirpath/N1/#subsetting

import { fromRun, type FunctionBuilder, type FunctionDefinition } from '../compiled.ts';
import { none, single, singleNumber, type Elements } from '../element.ts';
import { distinctItems, includesItem } from '../equality.ts';
import { joinItems } from '../operators.ts';

const taking =
  (take: (items: Elements) => Elements): FunctionBuilder =>
  (on) =>
    fromRun((input, scope) => take(on(input, scope)));

const byCount =
  (take: (items: Elements, count: number) => Elements): FunctionBuilder =>
  (on, [parameter], compiler) => {
    const count = compiler.compile(parameter!).run;
    return fromRun((input, scope) => {
      const number = singleNumber(count(scope.self, scope));
      return number === undefined ? none : take(on(input, scope), Math.max(0, number));
    });
  };

const withOthers =
  (combine: (items: Elements, others: Elements) => Elements): FunctionBuilder =>
  (on, [parameter], compiler) => {
    const others = compiler.compile(parameter!).run;
    return fromRun((input, scope) => combine(on(input, scope), others(scope.self, scope)));
  };

const onlyOne = (items: Elements): Elements => (single(items) === undefined ? none : items);

const firstOnly = (items: Elements): Elements => (items.length > 1 ? [items[0]!] : items);

const lastOnly = (items: Elements): Elements => (items.length > 1 ? [items.at(-1)!] : items);

export const subsetting: Readonly<Record<string, FunctionDefinition>> = {
  first: { least: 0, most: 0, build: taking(firstOnly) },
  last: { least: 0, most: 0, build: taking(lastOnly) },
  tail: { least: 0, most: 0, build: taking((items) => items.slice(1)) },
  single: { least: 0, most: 0, build: taking(onlyOne) },
  distinct: { least: 0, most: 0, build: taking(distinctItems) },
  skip: { least: 1, most: 1, build: byCount((items, count) => items.slice(count)) },
  take: { least: 1, most: 1, build: byCount((items, count) => items.slice(0, count)) },
  combine: { least: 1, most: 1, build: withOthers(joinItems) },
  union: {
    least: 1,
    most: 1,
    build: withOthers((items, others) => distinctItems(joinItems(items, others))),
  },
  intersect: {
    least: 1,
    most: 1,
    build: withOthers((items, others) =>
      distinctItems(items.filter((item) => includesItem(others, item))),
    ),
  },
  exclude: {
    least: 1,
    most: 1,
    build: withOthers((items, others) => items.filter((item) => !includesItem(others, item))),
  },
};
