// JSON Patch: applies a list of operations to a JSON value and gives a new one; the given value is never changed.
// https://www.rfc-editor.org/rfc/rfc6902

import { isObject } from '../../fhir/resource.ts';
import { businessRule, invalid, type Problem } from '../../fhir/problem.ts';
import { at, change, readPointer, type Pointer } from './pointer.ts';
import { sameJson } from './same-json.ts';
import { checkOperations, createScale, weigh, type PatchLimits, type Scale } from './weigh.ts';

interface Operation {
  readonly op: string;
  readonly path: Pointer;
  readonly from?: Pointer;
  readonly value?: unknown;
}

/**
 * The value after all operations. Throws 400 for a malformed patch and 422 for one that does not fit the value (a path
 * that does not exist, a failed `test`); the text names the operation by its place in the list.
 */
export const applyJsonPatch = (document: unknown, patch: unknown, limits: PatchLimits): unknown => {
  if (!Array.isArray(patch)) throw invalid('A JSON Patch is an array of operations.');
  checkOperations(patch.length);
  const operations = patch.map(readOperation);
  let patched = document;
  // Weighed as it is put in: a copy may double the resource, and the next one double it again. Something of it may be taken
  // out later, so it may be more than what is left at the end.
  const scale = createScale({ ...limits, bodyBytes: 2 * limits.bodyBytes });
  operations.forEach((operation, index) => {
    patched = apply(patched, operation, { where: `Operation ${String(index)}`, scale });
  });
  weigh(patched, limits);
  return patched;
};

const readOperation = (operation: unknown, index: number): Operation => {
  const where = `Operation ${String(index)}`;
  if (!isObject(operation)) throw invalid(`${where} of the JSON Patch is not an object.`);
  const { op, path, from } = operation;
  if (typeof op !== 'string' || !Object.hasOwn(operators, op))
    throw invalid(
      `${where} has no 'op' that JSON Patch knows: add, remove, replace, move, copy or test.`,
    );
  if (needsValue.has(op) && !Object.hasOwn(operation, 'value'))
    throw invalid(`${where} ('${op}') needs a 'value'.`);
  return {
    op,
    path: readPointer(path, `${where} ('${op}')`, 'path'),
    ...(needsFrom.has(op) ? { from: readPointer(from, `${where} ('${op}')`, 'from') } : {}),
    value: operation['value'],
  };
};

const needsValue: ReadonlySet<string> = new Set(['add', 'replace', 'test']);
const needsFrom: ReadonlySet<string> = new Set(['move', 'copy']);

interface Around {
  readonly where: string;
  readonly scale: Scale;
}

const apply = (document: unknown, operation: Operation, { where, scale }: Around): unknown =>
  operators[operation.op as keyof typeof operators](document, operation, {
    complain: (fault) =>
      businessRule(`${where} ('${operation.op}') of the JSON Patch does not fit: ${fault}.`),
    weighed: (value) => {
      scale(value, operation.path.length);
      return value;
    },
  });

interface Tools {
  readonly complain: (fault: string) => Problem;
  /** The same value, which is to be put in. */
  readonly weighed: (value: unknown) => unknown;
}

const operators = {
  add: (document: unknown, { path, value }: Operation, { complain, weighed }: Tools) =>
    change(document, path, complain, { how: 'add', value: weighed(value) }),
  remove: (document: unknown, { path }: Operation, { complain }: Tools) =>
    change(document, path, complain, { how: 'remove' }),
  replace: (document: unknown, { path, value }: Operation, { complain, weighed }: Tools) =>
    change(document, path, complain, { how: 'replace', value: weighed(value) }),
  copy: (document: unknown, { path, from = [] }: Operation, { complain, weighed }: Tools) => {
    const value = weighed(at(document, from, complain));
    return change(document, path, complain, { how: 'add', value });
  },
  move: (document: unknown, { path, from = [] }: Operation, { complain, weighed }: Tools) => {
    if (from.length < path.length && from.every((token, index) => token === path[index]))
      throw complain('a value cannot be moved into itself');
    const value = at(document, from, complain);
    if (from.length === path.length && from.every((token, index) => token === path[index]))
      return document;
    const without = change(document, from, complain, { how: 'remove' });
    return change(without, path, complain, { how: 'add', value: weighed(value) });
  },
  test: (document: unknown, { path, value }: Operation, { complain }: Tools) => {
    if (!sameJson(at(document, path, complain), value))
      throw complain(`the value at '/${path.join('/')}' is not the one that was tested for`);
    return document;
  },
} as const;
