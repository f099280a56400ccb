// What the server knows of FHIR R4: types, search parameters, compartments, and where to find terminology.
// https://hl7.org/fhir/R4/conformance-module.html

export interface Definitions {
  /** Changes whenever the source or the compiler does: a store indexed under another one wants a reindex. */
  readonly fingerprint: string;
  /** Concrete resource types, sorted. */
  readonly resourceTypes: readonly string[];
  /** Every resource type, data type, primitive and backbone (`Patient.contact`), abstract ones included. */
  readonly types: ReadonlyMap<string, TypeDefinition>;
  /** Parameters that can be searched on this type by code, those of Resource and DomainResource included. */
  searchParameters(type: string): ReadonlyMap<string, SearchParameter>;
  /** Compartment name (Patient, Encounter, …) to resource type to the codes of the parameters that put it there. */
  readonly compartments: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  /** HL7's own StructureDefinition, ValueSet, CodeSystem, … by canonical url (a `|version` is ignored), read when asked for. */
  canonical(url: string): CanonicalResource | undefined;
}

/** A definitional resource as JSON; elements by name. */
export interface CanonicalResource {
  readonly resourceType: string;
  readonly url?: string;
  readonly version?: string;
  readonly [element: string]: unknown;
}

export type TypeKind = 'resource' | 'complex' | 'primitive' | 'backbone';

export interface TypeDefinition {
  /** `Patient`, `HumanName`, `string`, or a backbone's path `Patient.contact`. */
  readonly name: string;
  readonly kind: TypeKind;
  readonly base?: string;
  readonly abstract: boolean;
  /** By element name in definition order, inherited ones (id, extension, text, …) included; a choice is `value[x]`. */
  readonly elements: ReadonlyMap<string, ElementDefinition>;
  /** By JSON name: `valueQuantity` leads to the element `value[x]` and its type `Quantity`. */
  readonly properties: ReadonlyMap<string, Property>;
  /** Of every value of the type; a backbone's stand here, not at its element. */
  readonly constraints: readonly Constraint[];
  /** Of a primitive: the regular expression of its lexical form, when it has one. */
  readonly pattern?: string;
}

export interface Property {
  readonly element: ElementDefinition;
  readonly type: TypeReference;
}

export interface ElementDefinition {
  /** `value[x]`, `name`. */
  readonly name: string;
  /** `Observation.value[x]`. */
  readonly path: string;
  readonly min: number;
  /** Infinity for `*`. */
  readonly max: number;
  readonly types: readonly TypeReference[];
  readonly binding?: { readonly strength: string; readonly valueSet: string };
  /** Those that hold here besides the ones of the element's types. */
  readonly constraints: readonly Constraint[];
  readonly isSummary: boolean;
  readonly isModifier: boolean;
}

export interface TypeReference {
  /** Name of a type in `Definitions.types`: `HumanName`, `code`, `Patient.contact`, `Resource`. */
  readonly code: string;
  /** Of Reference and canonical: names of the types it may point at; absent means any. */
  readonly targets?: readonly string[];
}

/** An invariant. https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.constraint */
export interface Constraint {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human: string;
  readonly expression: string;
}

export type SearchParameterType =
  | 'number'
  | 'date'
  | 'string'
  | 'token'
  | 'reference'
  | 'composite'
  | 'quantity'
  | 'uri'
  | 'special';

export interface SearchParameter {
  readonly code: string;
  readonly url: string;
  readonly type: SearchParameterType;
  /** FHIRPath, already narrowed to the alternatives that start at this resource type; '' when there is none. */
  readonly expression: string;
  /** Types a reference may point at. */
  readonly targets: readonly string[];
  readonly description: string;
  readonly components: readonly { readonly definition: string; readonly expression: string }[];
}
