// Finds where in a resource the elements are that a FHIRPath names: the way from the root to each of them.
// https://hl7.org/fhir/R4/fhirpatch.html

import type { Model } from 'fhirpath';
import { businessRule, type Problem } from '../../fhir/problem.ts';
import type { Resource } from '../../fhir/resource.ts';

/** One step down: an element's name (a choice without its type) and, in a list, its place. */
export interface Step {
  readonly name: string;
  readonly index?: number;
}

/** The steps from the resource to one element; [] is the resource itself. */
export type Location = readonly Step[];

/** Where the elements are that the path selects. Throws 422 when the path cannot be used in a patch. */
export const locate = async (
  resource: Resource,
  path: string,
  where: string,
): Promise<readonly Location[]> => {
  refuseCostly(path, where);
  const find = await compile(path, where);
  let found: readonly unknown[];
  try {
    found = find(resource);
  } catch (error) {
    throw unusable(where, path, error);
  }
  return found.map((location) => {
    if (Array.isArray(location)) return location as Location;
    throw businessRule(
      `${where}: '${path}' computes a value; the path must select elements of the resource.`,
    );
  });
};

/** The library's node; its types do not declare it. */
interface Node {
  readonly parentResNode?: Node | null;
  readonly propName?: string | null;
  readonly index?: number | null;
}

const compile = async (
  path: string,
  where: string,
): Promise<(resource: Resource) => readonly unknown[]> => {
  // Loaded when the first FHIRPath Patch arrives: the model is large and most servers never see one.
  const [{ default: fhirpath }, { default: model }] = await Promise.all([
    import('fhirpath'),
    import('fhirpath/fhir-context/r4/index.js'),
  ]);
  const locateNodes = {
    fn: (nodes: readonly unknown[]) => nodes.map((node) => ({ location: locationOf(node) })),
    arity: { 0: [] },
    internalStructures: true,
  };
  try {
    const find = fhirpath.compile(`(${quoteKeywords(path)}).locate()`, model as Model, {
      userInvocationTable: { locate: locateNodes },
    });
    return (resource) =>
      (find(resource) as readonly { readonly location: unknown }[]).map(({ location }) => location);
  } catch (error) {
    throw unusable(where, path, error);
  }
};

// Elements named like an operator of the language (`Patient.text.div`) would have to be quoted; nobody does.
const quoteKeywords = (path: string): string =>
  path.replace(
    /('(?:[^'\\]|\\.)*')|\.(div|mod|and|or|xor|implies|true|false)\b/g,
    (all, text?: string, word?: string) => (text === undefined ? `.\`${word!}\`` : all),
  );

const locationOf = (value: unknown): Location | undefined => {
  const steps: Step[] = [];
  if (typeof value !== 'object' || value === null || !('parentResNode' in value)) return undefined;
  let node = value as Node;
  for (; node.parentResNode; node = node.parentResNode) {
    if (typeof node.propName !== 'string') return undefined;
    const { propName: name, index } = node;
    steps.unshift(typeof index === 'number' ? { name, index } : { name });
  }
  return steps;
};

const unusable = (where: string, path: string, cause: unknown): Problem => {
  const reason = cause instanceof Error ? cause.message.replace(/\s+/g, ' ') : 'it cannot be read';
  return businessRule(`${where}: the path '${path}' cannot be used: ${reason}`);
};

/** What selects elements. Others compute, or (`repeat`, `matches`) can be made to run for very long. */
const selecting: ReadonlySet<string> = new Set(
  (
    'where first last tail skip take single ofType as is exists empty not all count extension hasValue ' +
    'startsWith endsWith contains indexOf length lower upper iif today now'
  ).split(' '),
);

const refuseCostly = (path: string, where: string): void => {
  if (path.length > 1000) throw businessRule(`${where}: the path is longer than 1000 characters.`);
  // One pass in the order of the text: a quote inside a comment begins no text that could hide a function.
  const code = path.replace(texts, (text) => standIn[text[0]!]!);
  // A variable would let a criterion go over the whole resource again for each element.
  if (/\/[/*]|%/.test(code))
    throw businessRule(`${where}: comments and variables are not for patch paths.`);
  for (const [, name] of code.matchAll(/([A-Za-z_]\w*)\s*\(/g)) {
    if (operators.has(name!) || selecting.has(name!)) continue;
    throw businessRule(
      `${where}: '${name!}()' is not for patch paths; use ${[...selecting].slice(0, 9).join(', ')} and the like.`,
    );
  }
};

const texts = /'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|"(?:[^"\\]|\\.)*"|\/[/*]/g;
const standIn: Readonly<Record<string, string>> = {
  "'": "''",
  '`': 'element',
  '"': 'element',
  '/': '//',
};

/** Words that may stand before a parenthesis without being a function. */
const operators: ReadonlySet<string> = new Set(
  'and or xor implies in contains is as div mod'.split(' '),
);
