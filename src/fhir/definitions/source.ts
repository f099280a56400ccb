// HL7's own R4 definitions as they lie in the npm package hl7.fhir.r4.examples, read as loosely typed JSON.
// https://hl7.org/fhir/R4/structuredefinition.html

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CanonicalResource, Constraint } from './types.ts';

export interface SourceType {
  readonly code: string;
  readonly profile?: readonly string[];
  readonly targetProfile?: readonly string[];
  readonly extension?: readonly {
    readonly url: string;
    readonly valueUrl?: string;
    readonly valueString?: string;
  }[];
}

export interface SourceElement {
  readonly path: string;
  readonly min: number;
  readonly max: string;
  readonly type?: readonly SourceType[];
  readonly contentReference?: string;
  readonly constraint?: readonly (Constraint & { readonly source?: string })[];
  readonly binding?: { readonly strength: string; readonly valueSet?: string };
  readonly isSummary?: boolean;
  readonly isModifier?: boolean;
}

export interface SourceStructure extends CanonicalResource {
  readonly url: string;
  readonly type: string;
  readonly kind: 'primitive-type' | 'complex-type' | 'resource' | 'logical';
  readonly abstract: boolean;
  readonly baseDefinition?: string;
  readonly derivation?: 'specialization' | 'constraint';
  readonly snapshot: { readonly element: readonly SourceElement[] };
}

export interface SourceParameter extends CanonicalResource {
  readonly url: string;
  readonly code: string;
  readonly type: string;
  readonly base: readonly string[];
  readonly expression?: string;
  readonly description: string;
  readonly target?: readonly string[];
  readonly component?: readonly { readonly definition: string; readonly expression: string }[];
}

export interface SourceCompartment extends CanonicalResource {
  readonly code: string;
  readonly resource: readonly { readonly code: string; readonly param?: readonly string[] }[];
}

const canonicalTypes = [
  'CodeSystem',
  'CompartmentDefinition',
  'ConceptMap',
  'OperationDefinition',
  'SearchParameter',
  'StructureDefinition',
  'ValueSet',
];

/** Every definitional resource of the package that has a canonical url, without its narrative. */
export const readCanonicals = (folder: string): CanonicalResource[] =>
  readdirSync(folder)
    .filter((file) => canonicalTypes.some((type) => file.startsWith(`${type}-`)))
    .sort()
    .map((file) => withoutNarrative(readJson(join(folder, file)) as CanonicalResource))
    .filter((resource) => resource.url !== undefined);

/** The official search parameters; the folder has a few more that are only examples of a SearchParameter. */
export const readSearchParameters = (folder: string): SourceParameter[] => {
  const bundle = readJson(join(folder, 'Bundle-searchParams.json')) as {
    readonly entry: readonly { readonly resource: SourceParameter }[];
  };
  const more = extensionParameters.map((id) =>
    readJson(join(folder, `SearchParameter-${id}.json`)),
  );
  return [...bundle.entry.map((entry) => entry.resource), ...(more as SourceParameter[])];
};

/** Of those that look into extensions, which HL7 publishes beside its bundle, what somebody asks for: IHE PDQm. */
const extensionParameters = ['patient-extensions-Patient-mothersMaidenName'];

/** Name and version of the package: `hl7.fhir.r4.examples@4.0.1`. */
export const readPackageName = (folder: string): string => {
  const { name, version } = readJson(join(folder, 'package.json')) as Record<string, string>;
  return `${name!}@${version!}`;
};

// It is generated, makes up half of the bytes, and nobody here shows it.
const withoutNarrative = (resource: CanonicalResource): CanonicalResource =>
  Object.fromEntries(
    Object.entries(resource).filter(([name]) => name !== 'text'),
    // Everything else, resourceType among it, stays.
  ) as unknown as CanonicalResource;

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
