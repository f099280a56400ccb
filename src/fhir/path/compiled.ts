// The shapes that the parts of the path compiler hand to each other.

import { ofTruth, truthOf, type Element, type Elements } from './element.ts';
import type { Model } from './model.ts';
import type { Syntax } from './parse.ts';

/** What an expression can refer to besides its input. The last ones change meanwhile. */
export interface Scope {
  readonly resource: Element;
  readonly rootResource: Element;
  readonly context: Elements;
  /** Results of parts that depend on the resource alone, such as `%resource.descendants()`. */
  fixed: Map<Syntax, Elements> | undefined;
  self: Elements;
  index: number;
  total: Elements;
}

export type Run = (input: Elements, scope: Scope) => Elements;
export type Test = (input: Elements, scope: Scope) => boolean | undefined;

/** A compiled expression: `test` is the same as truth, without a list around it. */
export interface Compiled {
  readonly run: Run;
  readonly test: Test;
}

export interface Compiler {
  readonly model: Model;
  compile(syntax: Syntax): Compiled;
}

/** One function of FHIRPath. `on` gives its input; parameters are compiled by whoever evaluates them. */
export type FunctionBuilder = (
  on: Run,
  parameters: readonly Syntax[],
  compiler: Compiler,
) => Compiled;

export interface FunctionDefinition {
  readonly least: number;
  readonly most: number;
  readonly build: FunctionBuilder;
}

export const fromRun = (run: Run): Compiled => ({
  run,
  test: (input, scope) => truthOf(run(input, scope)),
});

export const fromTest = (test: Test): Compiled => ({
  run: (input, scope) => ofTruth(test(input, scope)),
  test,
});

/** Evaluates something for one item, which is `$this` and the input meanwhile. */
export const withItem = <T>(
  item: Element,
  index: number,
  scope: Scope,
  evaluate: (input: Elements, scope: Scope) => T,
): T => {
  const { self, index: outerIndex } = scope;
  const input = [item];
  scope.self = input;
  scope.index = index;
  const result = evaluate(input, scope);
  scope.self = self;
  scope.index = outerIndex;
  return result;
};
