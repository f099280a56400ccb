// Rules: what the walk must look at in a value of each type, compiled from the definitions when the type first comes along.
// https://hl7.org/fhir/R4/elementdefinition.html

import type {
  Constraint,
  Definitions,
  ElementDefinition,
  TypeReference,
} from '../fhir/definitions/types.ts';
import { compilePath, type Path } from '../fhir/path/compile.ts';
import type { Membership } from '../terminology/types.ts';

export interface TypeRules {
  readonly name: string;
  readonly isResource: boolean;
  /** By JSON name; fields about which there is nothing to check are absent. */
  readonly fields: ReadonlyMap<string, FieldRules>;
  readonly invariants: readonly Invariant[];
}

export interface FieldRules {
  readonly step: string;
  readonly isList: boolean;
  readonly type: string;
  readonly kind: 'complex' | 'primitive' | 'resource';
  readonly binding?: Binding;
  /** Types a Reference may point at. */
  readonly targets?: readonly string[];
  readonly invariants: readonly Invariant[];
}

/** A required binding; the membership test is loaded before the first use and again when terminology has changed. */
export interface Binding {
  readonly valueSet: string;
  membership?: Membership | undefined;
  /** Of the terminology the membership comes from. */
  generation?: number;
}

export interface Invariant {
  readonly constraint: Constraint;
  /** Compiled at the first use. */
  readonly path: () => Path;
}

export type RulesOf = (type: string) => TypeRules | undefined;

/** What the walk checks by itself, faster or more exactly than by an expression. */
const native = new Set([
  'ele-1',
  'ext-1',
  'dom-2',
  'dom-3',
  'dom-4',
  'dom-5',
  'txt-1',
  'txt-2',
  'ref-1',
  'bdl-7',
]);

/** Rules by type name; undefined for a type that is not defined. */
export const buildRules = (definitions: Definitions): RulesOf => {
  const compiled = new Map<string, TypeRules>();
  return (name) => {
    const known = compiled.get(name);
    if (known) return known;
    const rules = compileType(name, definitions);
    if (rules) compiled.set(name, rules);
    return rules;
  };
};

const compileType = (name: string, definitions: Definitions): TypeRules | undefined => {
  const type = definitions.types.get(name);
  if (!type) return undefined;
  const fields = new Map<string, FieldRules>();
  for (const [json, property] of type.properties) {
    const rules = compileField(property.element, property.type, definitions);
    if (matters(rules)) fields.set(json, rules);
    if (rules.kind === 'primitive') fields.set(`_${json}`, siblingRules(rules));
  }
  return {
    name,
    isResource: type.kind === 'resource',
    fields,
    invariants: compileInvariants(type.constraints, definitions),
  };
};

const compileField = (
  element: ElementDefinition,
  { code, targets }: TypeReference,
  definitions: Definitions,
): FieldRules => {
  const { binding } = element;
  const kind = definitions.types.get(code)?.kind;
  return {
    step: element.name.replace(/\[x\]$/, ''),
    isList: element.max > 1,
    type: code,
    kind: kind === 'primitive' || kind === 'resource' ? kind : 'complex',
    ...(binding?.strength === 'required' && bindable.has(code)
      ? { binding: { valueSet: binding.valueSet } }
      : {}),
    ...(code === 'Reference' && targets ? { targets } : {}),
    invariants: compileInvariants(element.constraints, definitions),
  };
};

const bindable = new Set(['code', 'string', 'uri', 'Coding', 'CodeableConcept', 'Quantity']);

const matters = ({ kind, type, binding, invariants }: FieldRules): boolean =>
  kind !== 'primitive' || binding !== undefined || invariants.length > 0 || type === 'xhtml';

const siblingRules = ({ step, isList }: FieldRules): FieldRules => ({
  ...{ step, isList, type: 'Element', kind: 'complex', invariants: [] },
});

export const compileInvariants = (
  constraints: readonly Constraint[],
  definitions: Definitions,
): readonly Invariant[] =>
  constraints
    .filter(({ key }) => !native.has(key))
    .map((constraint) => {
      let path: Path | undefined;
      return {
        constraint,
        path: () => (path ??= compilePath(constraint.expression, definitions)),
      };
    });
