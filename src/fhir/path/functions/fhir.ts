// The functions FHIR adds to FHIRPath.
// https://hl7.org/fhir/R4/fhirpath.html#functions

import {
  fromRun,
  fromTest,
  type FunctionBuilder,
  type FunctionDefinition,
  type Scope,
} from '../compiled.ts';
import {
  element,
  hasValue,
  none,
  single,
  singleString,
  type Element,
  type Elements,
} from '../element.ts';
import { ownerOf } from '../model.ts';
import { typeOfReference } from '../../reference.ts';
import { isObject } from '../../resource.ts';

const extension: FunctionBuilder = (on, [parameter], compiler) => {
  const url = compiler.compile(parameter!).run;
  return fromRun((input, scope) => {
    const wanted = singleString(url(scope.self, scope));
    const found: Element[] = [];
    for (const item of on(input, scope)) {
      const extensions = ownerOf(item)?.['extension'];
      if (!Array.isArray(extensions)) continue;
      for (const one of extensions as readonly unknown[])
        if (isObject(one) && one['url'] === wanted) found.push(element(one, 'Extension'));
    }
    return found;
  });
};

/**
 * Nothing is fetched: a fragment gives the contained resource, any other reference a resource that has only its type and
 * id, which is what `resolve() is Patient` needs. References that do not tell their type give nothing.
 */
const resolve: FunctionBuilder = (on) =>
  fromRun((input, scope) => on(input, scope).flatMap((item) => resolveOne(item, scope)));

const resolveOne = ({ value }: Element, scope: Scope): Elements => {
  const text = isObject(value) ? value['reference'] : value;
  if (typeof text === 'string' && text.startsWith('#')) return findContained(text.slice(1), scope);
  const declared = isObject(value) ? value['type'] : undefined;
  const type = (typeof text === 'string' ? typeOfReference(text) : undefined) ?? declared;
  return typeof type === 'string' ? [element({ resourceType: type }, type)] : none;
};

const findContained = (id: string, { rootResource }: Scope): Elements => {
  if (id === '') return [rootResource];
  const contained = ownerOf(rootResource)?.['contained'];
  if (!Array.isArray(contained)) return none;
  const found = contained.find((one: unknown) => isObject(one) && one['id'] === id) as
    { readonly resourceType?: unknown } | undefined;
  return typeof found?.resourceType === 'string' ? [element(found, found.resourceType)] : none;
};

/** Base definitions are compared by type; what a profile says more is not looked at here. */
const conformsTo: FunctionBuilder = (on, [parameter], compiler) => {
  const { model } = compiler;
  const url = compiler.compile(parameter!).run;
  return fromTest((input, scope) => {
    const item = single(on(input, scope));
    const type = /^http:\/\/hl7\.org\/fhir\/StructureDefinition\/(\w+)$/.exec(
      singleString(url(scope.self, scope)) ?? '',
    )?.[1];
    if (item === undefined) return undefined;
    return (
      type === undefined || !model.definitions.types.has(type) || model.isKindOf(item.type, type)
    );
  });
};

/** Membership of value sets is terminology's to say, narrative is checked with the structure. */
const assumed: FunctionBuilder = (on) =>
  fromTest((input, scope) => (on(input, scope).length === 0 ? undefined : true));

const hasOneValue: FunctionBuilder = (on) =>
  fromTest((input, scope) => {
    const items = on(input, scope);
    return items.length === 1 && hasValue(items[0]!);
  });

export const fhir: Readonly<Record<string, FunctionDefinition>> = {
  extension: { least: 1, most: 1, build: extension },
  resolve: { least: 0, most: 0, build: resolve },
  hasValue: { least: 0, most: 0, build: hasOneValue },
  conformsTo: { least: 1, most: 1, build: conformsTo },
  memberOf: { least: 1, most: 1, build: assumed },
  htmlChecks: { least: 0, most: 0, build: assumed },
  trace: { least: 1, most: 2, build: (on) => fromRun(on) },
};
