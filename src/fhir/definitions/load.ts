// Opens the definitions cache; each type, parameter list and canonical is read when it is first asked for.
// https://hl7.org/fhir/R4/conformance-module.html

import { openCacheFile, readFingerprint, recordName, type CacheFile } from './cache-file.ts';
import { compileDefinitions } from './compile.ts';
import type { TypeRecord } from './compile-types.ts';
import { lazyMap } from './lazy-map.ts';
import { cachePath, findPackage, fingerprintOf } from './paths.ts';
import type {
  CanonicalResource,
  Definitions,
  ElementDefinition,
  Property,
  SearchParameter,
  TypeDefinition,
} from './types.ts';

/**
 * The R4 definitions. Compiles the cache first where it is missing or stale; where the npm package is not installed (the
 * Docker image) the cache is taken as it is.
 */
export const loadDefinitions = (): Definitions => {
  const packageFolder = findPackage();
  if (packageFolder !== undefined && readFingerprint(cachePath) !== fingerprintOf(packageFolder))
    compileDefinitions();
  const cache = openCacheFile(cachePath);
  if (cache === undefined)
    throw new Error('There is no definitions cache and no hl7.fhir.r4.examples to make it from.');
  const { fingerprint, resourceTypes, typeNames, compartments } = cache.directory;
  const types = lazyMap(typeNames, (name) => readType(cache, name));
  const parameters = lazyMap(resourceTypes, (type) => readParameters(cache, types, type));
  return {
    fingerprint,
    resourceTypes,
    types,
    searchParameters: (type) => parameters.get(type) ?? noParameters,
    compartments: new Map(
      Object.entries(compartments).map(([name, members]) => [
        name,
        new Map(Object.entries(members)),
      ]),
    ),
    canonical: canonicalReader(cache),
  };
};

const noParameters: ReadonlyMap<string, SearchParameter> = new Map();

const readType = (cache: CacheFile, name: string): TypeDefinition => {
  const record = cache.read(recordName.type(name)) as TypeRecord;
  const elements = record.elements.map((element) => ({
    ...element,
    max: element.max === -1 ? Infinity : element.max,
  }));
  return {
    ...record,
    elements: new Map(elements.map((element) => [element.name, element])),
    properties: new Map(elements.flatMap(propertiesOf)),
  };
};

const propertiesOf = (element: ElementDefinition): readonly (readonly [string, Property])[] => {
  if (!element.name.endsWith('[x]'))
    return element.types.slice(0, 1).map((type) => [element.name, { element, type }]);
  const stem = element.name.slice(0, -3);
  return element.types.map((type) => [
    stem + type.code.charAt(0).toUpperCase() + type.code.slice(1),
    { element, type },
  ]);
};

// A parameter of the type itself goes before one of the same code further up.
const readParameters = (
  cache: CacheFile,
  types: ReadonlyMap<string, TypeDefinition>,
  type: string,
): ReadonlyMap<string, SearchParameter> => {
  const base = types.get(type)?.base;
  const inherited = base === undefined ? [] : readParameters(cache, types, base);
  const own = (cache.read(recordName.parameters(type)) ?? []) as readonly SearchParameter[];
  return new Map([...inherited, ...own.map((parameter) => [parameter.code, parameter] as const)]);
};

// Kept only as long as somebody else holds it: some value sets are megabytes.
const canonicalReader = (cache: CacheFile): Definitions['canonical'] => {
  const held = new Map<string, WeakRef<CanonicalResource>>();
  return (canonical) => {
    const [url = ''] = canonical.split('|', 1);
    const known = held.get(url)?.deref();
    if (known !== undefined) return known;
    const resource = cache.read(recordName.canonical(url)) as CanonicalResource | undefined;
    if (resource !== undefined) held.set(url, new WeakRef(resource));
    return resource;
  };
};
