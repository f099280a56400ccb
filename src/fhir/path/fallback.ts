// The general FHIRPath engine, npm fhirpath: for what our compiler leaves out (units, dates and decimals in arithmetic).
// https://github.com/HL7/fhirpath.js

import { createRequire } from 'node:module';
import { element, type Element, type Elements } from './element.ts';
import { PathError } from './error.ts';

interface Engine {
  compile(
    path: { readonly base: string; readonly expression: string },
    model: unknown,
    options: object,
  ): (focus: unknown, variables: object) => unknown[];
  types(results: readonly unknown[]): string[];
}

/** Loaded when first needed: engine and model take some 20 MB. */
const load = (): { readonly engine: Engine; readonly model: unknown } => {
  loaded ??= {
    engine: require('fhirpath') as Engine,
    model: require('fhirpath/fhir-context/r4') as unknown,
  };
  return loaded;
};

const require = createRequire(import.meta.url);
let loaded: { readonly engine: Engine; readonly model: unknown } | undefined;

/** Evaluates with the general engine. Throws PathError when that refuses. */
export const fallbackFor = (expression: string) => {
  const compiled = new Map<string, (focus: unknown, variables: object) => unknown[]>();
  return (focus: Elements, resource: Element, rootResource: Element): Elements => {
    const { engine, model } = load();
    try {
      const base = focus[0]?.type ?? resource.type;
      const evaluate =
        compiled.get(base) ??
        engine.compile({ base, expression }, model, { resolveInternalTypes: false });
      compiled.set(base, evaluate);
      const results = evaluate(
        focus.map(({ value }) => value),
        { resource: resource.value, rootResource: rootResource.value },
      );
      const types = engine.types(results);
      return results.map((result, at) =>
        element(plainValue(result), types[at]!.replace('FHIR.', '')),
      );
    } catch (cause) {
      throw new PathError('The FHIRPath expression cannot be evaluated.', { cause });
    }
  };
};

// Its results are its own nodes and values; each knows how to become JSON.
const plainValue = (result: unknown): unknown => {
  if (typeof result !== 'object' || result === null) return result;
  if ('data' in result) return plainValue(result.data);
  return 'toJSON' in result && typeof result.toJSON === 'function'
    ? (result.toJSON as () => unknown)()
    : result;
};
