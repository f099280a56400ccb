// A validator over HL7's own definitions, for the tests of validation; further definitions can be given to it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadDefinitions } from '../../src/fhir/definitions/load.ts';
import type { CanonicalResource } from '../../src/fhir/definitions/types.ts';
import type { Issue } from '../../src/fhir/problem.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { buildTerminology } from '../../src/terminology/build.ts';
import { buildValidation, type ValidationOptions } from '../../src/validation/build.ts';

export type Check = (
  resource: unknown,
  options?: ValidationOptions,
  exact?: unknown,
) => Promise<readonly Issue[]>;

/** Validates a plain resource; `exact` has its numbers as they were written. */
export const validatorOf = (stored: readonly CanonicalResource[] = []): Check => {
  const definitions = loadDefinitions();
  const byUrl = new Map(stored.map((resource) => [resource.url, resource]));
  const find = (url: string): Promise<CanonicalResource | undefined> =>
    Promise.resolve(byUrl.get(url.replace(/\|.*$/, '')) ?? definitions.canonical(url));
  const validate = buildValidation({ definitions, terminology: buildTerminology(find), find });
  return (resource, options, exact = resource) => {
    const plain = resource as Resource;
    return validate({ plain, exact: exact as Resource }, options);
  };
};

export const errorsOf = (issues: readonly Issue[]): readonly Issue[] =>
  issues.filter(({ severity }) => severity === 'error' || severity === 'fatal');

/** A YAML file beside the tests. */
export const readCases = (name: string): unknown =>
  parse(readFileSync(join(import.meta.dirname, name), 'utf8'));

/** A copy of the resource with the value at a path such as `name.0.family`; undefined removes it. */
export const withValue = (resource: unknown, path: string, value: unknown): unknown => {
  const copy: unknown = structuredClone(resource);
  const steps = path === '' ? [''] : path.split('.');
  const last = steps.pop() ?? '';
  let target = copy as Record<string, unknown>;
  for (const [place, step] of steps.entries()) {
    const next = steps[place + 1] ?? last;
    target[step] ??= /^\d+$/.test(next) ? [] : {};
    target = target[step] as Record<string, unknown>;
  }
  if (value === undefined) Reflect.deleteProperty(target, last);
  else
    Object.defineProperty(target, last, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return copy;
};
