// Builds the definitions cache from HL7's npm package: `node src/fhir/definitions/compile.ts [--if-stale]`.
// https://hl7.org/fhir/R4/downloads.html

import { readFingerprint, recordName, writeCacheFile } from './cache-file.ts';
import { compileParameters } from './compile-parameters.ts';
import { compileTypes } from './compile-types.ts';
import { cachePath, findPackage, fingerprintOf } from './paths.ts';
import {
  readCanonicals,
  readSearchParameters,
  type SourceCompartment,
  type SourceStructure,
} from './source.ts';
import type { CanonicalResource } from './types.ts';

/** Compiles everything and replaces the cache in one step. Takes some seconds. */
export const compileDefinitions = (): void => {
  const folder = findPackage();
  if (folder === undefined)
    throw new Error('The npm package hl7.fhir.r4.examples is not installed; run `npm ci`.');
  const canonicals = readCanonicals(folder);
  const types = compileTypes(canonicals.filter(isStructure));
  const contents = new Map<string, unknown>();
  for (const type of types.values()) contents.set(recordName.type(type.name), type);
  for (const [base, parameters] of compileParameters(readSearchParameters(folder)))
    contents.set(recordName.parameters(base), parameters);
  for (const canonical of canonicals) contents.set(recordName.canonical(canonical.url!), canonical);
  const facts = {
    fingerprint: fingerprintOf(folder),
    resourceTypes: [...types.values()]
      .filter((type) => type.kind === 'resource' && !type.abstract)
      .map((type) => type.name)
      .sort(),
    typeNames: [...types.keys()],
    compartments: compileCompartments(canonicals.filter(isCompartment)),
  };
  writeCacheFile(cachePath, facts, contents);
};

const isStructure = (resource: CanonicalResource): resource is SourceStructure =>
  resource.resourceType === 'StructureDefinition';

// The package also has an example of a CompartmentDefinition.
const isCompartment = (resource: CanonicalResource): resource is SourceCompartment =>
  resource.resourceType === 'CompartmentDefinition' && resource['id'] !== 'example';

const compileCompartments = (
  definitions: readonly SourceCompartment[],
): Record<string, Record<string, readonly string[]>> =>
  Object.fromEntries(
    definitions.map((definition) => [
      definition.code,
      Object.fromEntries(
        definition.resource
          .map(({ code, param }) => [code, (param ?? []).filter(isParameter)] as const)
          .filter(([, codes]) => codes.length > 0),
      ),
    ]),
  );

// `{def}` stands for the resource itself, which is in the compartment of its own name anyway.
const isParameter = (code: string): boolean => code !== '{def}';

if (import.meta.main) {
  const folder = findPackage();
  const current = folder === undefined ? undefined : fingerprintOf(folder);
  const cached = readFingerprint(cachePath);
  // Without the package (the Docker image) a cache cannot be stale.
  const isFresh = cached !== undefined && (current === undefined || cached === current);
  if (!process.argv.includes('--if-stale') || !isFresh) {
    const start = performance.now();
    compileDefinitions();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`Compiled the R4 definitions in ${seconds} s.\n`);
  }
}
