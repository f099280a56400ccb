// FHIRPath syntax tree -> closures.
// https://hl7.org/fhirpath/N1/

import { fromRun, type Compiled, type Compiler, type Run, type Scope } from './compiled.ts';
import { element, none, singleNumber, type Element, type Elements } from './element.ts';
import { PathError, Unsupported } from './error.ts';
import { functions } from './functions.ts';
import { isType } from './functions/typing.ts';
import type { Model } from './model.ts';
import { negate, operators } from './operators.ts';
import type { Syntax } from './parse.ts';
import { keepType, startAtType, stepTo, stepToType } from './step.ts';

/** Throws PathError for an expression that is wrong, Unsupported for one that is left to the general engine. */
export const buildPath = (syntax: Syntax, model: Model): Run => {
  const compiler: Compiler = {
    model,
    compile: (part) =>
      isFixed(part) ? remembered(part, build(part, compiler)) : build(part, compiler),
  };
  return compiler.compile(syntax).run;
};

const build = (syntax: Syntax, compiler: Compiler): Compiled => {
  switch (syntax.kind) {
    case 'literal':
      return constant([element(syntax.value, syntax.type)]);
    case 'quantity': {
      const { value, unit } = syntax;
      return constant([element({ value, unit }, 'System.Quantity')]);
    }
    case 'empty':
      return constant(none);
    case 'special':
      return fromRun(special(syntax.name));
    case 'variable':
      return fromRun(variable(syntax.name));
    case 'name':
      return fromRun(buildName(syntax, compiler));
    case 'call':
      return buildCall(syntax, compiler);
    case 'item':
      return fromRun(buildItem(syntax, compiler));
    case 'sign': {
      const { run } = compiler.compile(syntax.of);
      return syntax.sign === '+'
        ? fromRun(run)
        : fromRun((input, scope) => negate(run(input, scope)));
    }
    case 'binary': {
      const operator = operators[syntax.operator];
      if (operator === undefined) throw new Unsupported(syntax.operator);
      return operator(compiler.compile(syntax.left), compiler.compile(syntax.right));
    }
    case 'type':
      return buildType(syntax, compiler);
  }
};

const constant = (items: Elements): Compiled => fromRun(() => items);

const itself: Run = (input) => input;

const special = (name: string): Run => {
  if (name === '$this') return (_, scope) => scope.self;
  if (name === '$index') return (_, scope) => [element(scope.index, 'System.Integer')];
  if (name === '$total') return (_, scope) => scope.total;
  throw new PathError(`FHIRPath knows no '${name}'.`);
};

const terminologies: Readonly<Record<string, string>> = {
  ucum: 'http://unitsofmeasure.org',
  sct: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
};

const variable = (name: string): Run => {
  if (name === 'resource') return (_, scope) => [scope.resource];
  if (name === 'rootResource') return (_, scope) => [scope.rootResource];
  if (name === 'context') return (_, scope) => scope.context;
  const url =
    terminologies[name] ??
    name
      .replace(/^vs-/, 'http://hl7.org/fhir/ValueSet/')
      .replace(/^ext-/, 'http://hl7.org/fhir/StructureDefinition/');
  if (url === name) throw new PathError(`FHIRPath knows no '%${name}'.`);
  const items = [element(url, 'System.String')];
  return () => items;
};

const buildName = (syntax: Syntax & { kind: 'name' }, compiler: Compiler): Run => {
  const { model } = compiler;
  const isTypeName = syntax.on === undefined && /^[A-Z]/.test(syntax.name);
  if (isTypeName && model.definitions.types.has(syntax.name))
    return startAtType(syntax.name, model);
  return stepTo(inputOf(syntax, compiler), syntax.name, model);
};

const inputOf = ({ on }: { readonly on?: Syntax }, compiler: Compiler): Run =>
  on === undefined ? itself : compiler.compile(on).run;

const buildCall = (syntax: Syntax & { kind: 'call' }, compiler: Compiler): Compiled => {
  const definition = functions.get(syntax.name);
  if (definition === undefined) throw new Unsupported(syntax.name);
  const { name, parameters } = syntax;
  if (parameters.length < definition.least || parameters.length > definition.most)
    throw new PathError(
      `FHIRPath's ${name}() does not take ${String(parameters.length)} parameters.`,
    );
  if ((name === 'as' || name === 'ofType') && parameters[0]!.kind === 'name') {
    const type = typeName(parameters[0]);
    if (type !== undefined && syntax.on !== undefined) return buildCast(syntax.on, type, compiler);
  }
  return definition.build(inputOf(syntax, compiler), parameters, compiler);
};

const typeName = (syntax: Syntax): string | undefined => {
  if (syntax.kind !== 'name') return undefined;
  return syntax.on === undefined ? syntax.name : `${typeName(syntax.on) ?? ''}.${syntax.name}`;
};

const buildType = (syntax: Syntax & { kind: 'type' }, compiler: Compiler): Compiled =>
  syntax.operator === 'as'
    ? buildCast(syntax.of, syntax.type, compiler)
    : isType(compiler.compile(syntax.of).run, syntax.type, compiler.model);

/** A cast of a step reads only the properties of that type; one of anything else filters. */
const buildCast = (of: Syntax, name: string, compiler: Compiler): Compiled => {
  const { model } = compiler;
  const type = model.typeNamed(name);
  const isStep =
    of.kind === 'name' && !(of.on === undefined && model.definitions.types.has(of.name));
  return fromRun(
    isStep
      ? stepToType(inputOf(of, compiler), of.name, type, model)
      : keepType(compiler.compile(of).run, type, model),
  );
};

const buildItem = (syntax: Syntax & { kind: 'item' }, compiler: Compiler): Run => {
  const items = compiler.compile(syntax.on).run;
  const place = compiler.compile(syntax.place).run;
  return (input, scope) => {
    const at = singleNumber(place(input, scope));
    const found: Element | undefined = at === undefined ? undefined : items(input, scope)[at];
    return found === undefined ? none : [found];
  };
};

/** Whether it gives the same for every item of one evaluation: made of variables and literals only. */
const isFixed = (syntax: Syntax): boolean => {
  switch (syntax.kind) {
    case 'variable':
    case 'literal':
      return true;
    case 'name':
      return syntax.on !== undefined && isFixed(syntax.on);
    case 'call':
      return (
        syntax.on !== undefined && isFixed(syntax.on) && syntax.parameters.every(isFixedParameter)
      );
    case 'binary':
      return isFixed(syntax.left) && isFixed(syntax.right);
    case 'item':
      return isFixed(syntax.on) && isFixed(syntax.place);
    case 'quantity':
    case 'empty':
    case 'special':
    case 'sign':
    case 'type':
      return false;
  }
};

// The name of a type is not evaluated.
const isFixedParameter = (syntax: Syntax): boolean =>
  isFixed(syntax) ||
  (syntax.kind === 'name' && syntax.on === undefined && /^[a-z]/i.test(syntax.name));

/** dom-3 asks for `%resource.descendants()` once for each contained resource: without this its cost is quadratic. */
const remembered = (syntax: Syntax, compiled: Compiled): Compiled => {
  if (syntax.kind === 'literal' || syntax.kind === 'variable') return compiled;
  return fromRun((input, scope: Scope) => {
    scope.fixed ??= new Map();
    const known = scope.fixed.get(syntax);
    if (known !== undefined) return known;
    const items = compiled.run(input, scope);
    scope.fixed.set(syntax, items);
    return items;
  });
};
