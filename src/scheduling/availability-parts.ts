// availability-parts: the parts of the extension `availability`, each with where it stands, so that a fault can name it.

import { nearest } from '../fhir/nearest.ts';
import { Problem, unprocessable, type Issue } from '../fhir/problem.ts';
import { isObject } from '../fhir/resource.ts';

export interface Part {
  readonly value: Readonly<Record<string, unknown>>;
  /** `Schedule.extension[0].extension[2]` */
  readonly path: string;
}

/** The extensions of a part. */
export const partsOf = ({ value, path }: Part): readonly Part[] => {
  const list: readonly unknown[] = Array.isArray(value['extension']) ? value['extension'] : [];
  return list.flatMap((each, place) =>
    isObject(each) ? [{ value: each, path: `${path}.extension[${String(place)}]` }] : [],
  );
};

export const named = (parts: readonly Part[], name: string): readonly Part[] =>
  parts.filter(({ value }) => value['url'] === name);

/** A 422 that names the element and says what to do. */
export const fault = (path: string, remedy: string): Problem =>
  unprocessable([{ severity: 'error', code: 'value', diagnostics: remedy, expression: [path] }]);

export interface Gathering {
  /** undefined when the reader found a fault, which is kept. */
  readonly read: <Value>(reader: () => Value) => Value | undefined;
  /** Throws one 422 with all that were found. */
  readonly check: () => void;
}

/** Goes on after a fault, so that all of them are told at once. */
export const gatherFaults = (): Gathering => {
  const issues: Issue[] = [];
  return {
    read: (reader) => {
      try {
        return reader();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        issues.push(...error.issues);
        return undefined;
      }
    },
    check: () => {
      if (issues.length > 0) throw unprocessable(issues);
    },
  };
};

/** Names that are known, and whether each may come once or often. */
export type Names = Readonly<Record<string, 'once' | 'often'>>;

/** Whatever is not known would be left out silently, and hours with it. */
export const checkNames = (parts: readonly Part[], names: Names, { read }: Gathering): void => {
  const seen = new Set<unknown>();
  for (const { value, path } of parts)
    read(() => {
      const name = String(value['url']);
      if (!Object.hasOwn(names, name)) throw fault(path, unknownName(name, Object.keys(names)));
      if (seen.has(name) && names[name] === 'once')
        throw fault(path, `'${name}' can be said once: take one of them away.`);
      seen.add(name);
    });
};

const unknownName = (name: string, known: readonly string[]): string => {
  const near = nearest(name, known);
  const hint = near === undefined ? `known are ${known.join(', ')}` : `did you mean '${near}'?`;
  return `'${name}' is no part of this; ${hint}`;
};
