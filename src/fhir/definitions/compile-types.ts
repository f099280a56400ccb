// StructureDefinition snapshots -> types: one per resource, data type, primitive and backbone, inherited elements included.
// https://hl7.org/fhir/R4/elementdefinition.html

import { corrected } from './errata.ts';
import { compilePattern } from './pattern.ts';
import type { SourceElement, SourceStructure, SourceType } from './source.ts';
import type { Constraint, ElementDefinition, TypeDefinition, TypeReference } from './types.ts';

/** A type as it lies in the cache; `max` -1 stands for `*`, which JSON cannot write as a number. */
export interface TypeRecord extends Omit<TypeDefinition, 'elements' | 'properties'> {
  readonly elements: readonly ElementDefinition[];
}

const structureBase = 'http://hl7.org/fhir/StructureDefinition/';

/** All types of the given StructureDefinitions; profiles and logical models are left out. */
export const compileTypes = (
  structures: readonly SourceStructure[],
): ReadonlyMap<string, TypeRecord> => {
  const byUrl = new Map(structures.map((structure) => [structure.url, structure]));
  const types = new Map<string, TypeRecord>();
  for (const structure of structures) {
    if (structure.derivation === 'constraint' || structure.kind === 'logical') continue;
    for (const type of compileStructure(structure, byUrl)) types.set(type.name, type);
  }
  return new Map([...types].map(([name, type]) => [name, withoutRepeats(type, types)]));
};

const compileStructure = (
  structure: SourceStructure,
  byUrl: ReadonlyMap<string, SourceStructure>,
): readonly TypeRecord[] => {
  const all = structure.snapshot.element;
  const owners = all.filter((element) => all.some((child) => parentOf(child) === element.path));
  return owners.map((owner) => {
    const isRoot = owner === all[0];
    const base = isRoot
      ? structure.baseDefinition?.replace(structureBase, '')
      : owner.type?.[0]?.code;
    const pattern = structure.kind === 'primitive-type' ? patternOf(structure) : undefined;
    return {
      name: owner.path,
      kind: isRoot ? kinds[structure.kind] : 'backbone',
      ...(base === undefined ? {} : { base }),
      abstract: isRoot && structure.abstract,
      elements: all
        .filter((child) => parentOf(child) === owner.path)
        // The value of a primitive is the JSON value itself, not an element in it.
        .filter((child) => structure.kind !== 'primitive-type' || nameOf(child) !== 'value')
        .map((child) => compileElement(child, owners, structure, byUrl)),
      constraints: compileConstraints(owner),
      ...(pattern === undefined ? {} : { pattern }),
    };
  });
};

const kinds = {
  'primitive-type': 'primitive',
  'complex-type': 'complex',
  resource: 'resource',
  logical: 'complex',
} as const;

const compileElement = (
  element: SourceElement,
  owners: readonly SourceElement[],
  structure: SourceStructure,
  byUrl: ReadonlyMap<string, SourceStructure>,
): ElementDefinition => ({
  name: nameOf(element),
  path: element.path,
  min: element.min,
  max: element.max === '*' ? -1 : Number(element.max),
  types: compileTypeReferences(element, owners, structure),
  ...(element.binding?.valueSet === undefined
    ? {}
    : {
        binding: {
          strength: element.binding.strength,
          valueSet: element.binding.valueSet,
        },
      }),
  constraints: [...compileConstraints(element), ...profileConstraints(element, byUrl)],
  isSummary: element.isSummary ?? false,
  isModifier: element.isModifier ?? false,
});

const compileTypeReferences = (
  element: SourceElement,
  owners: readonly SourceElement[],
  structure: SourceStructure,
): readonly TypeReference[] => {
  if (element.contentReference !== undefined) return [{ code: element.contentReference.slice(1) }];
  if (owners.includes(element)) return [{ code: element.path }];
  // R4 calls the type of a resource's id a string in the snapshots and an id in the text; the text is meant.
  if (structure.kind === 'resource' && element.path === `${structure.type}.id`)
    return [{ code: 'id' }];
  const codes = new Map<string, TypeReference>();
  for (const type of element.type ?? []) {
    const code = typeCode(type);
    codes.set(code, { code, ...targetsOf(type) });
  }
  return [...codes.values()];
};

// Ids, Extension.url and the like carry a FHIRPath system type as code and their FHIR type in an extension.
const typeCode = (type: SourceType): string => {
  if (!type.code.startsWith('http://hl7.org/fhirpath/')) return type.code;
  const named = type.extension?.find((extension) =>
    extension.url.endsWith('structuredefinition-fhir-type'),
  );
  return named?.valueUrl ?? 'string';
};

const targetsOf = (type: SourceType): { readonly targets?: readonly string[] } => {
  const targets = type.targetProfile?.map((url) => url.replace(structureBase, ''));
  return targets === undefined || targets.includes('Resource') ? {} : { targets };
};

const compileConstraints = (element: SourceElement): readonly Constraint[] =>
  (element.constraint ?? []).map(({ key, severity, human, expression }) => ({
    key,
    severity,
    human,
    expression: corrected(expression),
  }));

// A Quantity declared as SimpleQuantity must also keep the profile's own rule (no comparator).
const profileConstraints = (
  element: SourceElement,
  byUrl: ReadonlyMap<string, SourceStructure>,
): readonly Constraint[] =>
  (element.type ?? [])
    .flatMap((type) => type.profile ?? [])
    .flatMap((url) => byUrl.get(url)?.snapshot.element[0] ?? [])
    .flatMap(compileConstraints);

// What holds for every value of a type stands at the type; an element keeps only what is said of it besides.
const withoutRepeats = (type: TypeRecord, types: ReadonlyMap<string, TypeRecord>): TypeRecord => ({
  ...type,
  elements: type.elements.map((element) => {
    const known = element.types.map(
      ({ code }) => new Set(types.get(code)?.constraints.map(({ key }) => key)),
    );
    return {
      ...element,
      constraints: element.constraints.filter(({ key }) => !known.every((keys) => keys.has(key))),
    };
  }),
});

const patternOf = (structure: SourceStructure): string | undefined => {
  const value = structure.snapshot.element.find((element) => element.path.endsWith('.value'));
  const source = value?.type
    ?.flatMap((type) => type.extension ?? [])
    .find((extension) => extension.url.endsWith('/regex'))?.valueString;
  return source === undefined ? undefined : compilePattern(structure.type, source);
};

const parentOf = (element: SourceElement): string =>
  element.path.slice(0, Math.max(0, element.path.lastIndexOf('.')));

const nameOf = (element: SourceElement): string =>
  element.path.slice(element.path.lastIndexOf('.') + 1);
