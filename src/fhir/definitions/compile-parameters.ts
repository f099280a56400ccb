// Search parameters by type: HL7 writes one expression for several types; here each type has its own part of it.
// https://hl7.org/fhir/R4/searchparameter.html

import { corrected } from './errata.ts';
import type { SourceParameter } from './source.ts';
import type { SearchParameter, SearchParameterType } from './types.ts';

/** Parameters by base type (`Resource` and `DomainResource` among them), in the order of HL7's bundle. */
export const compileParameters = (
  parameters: readonly SourceParameter[],
): ReadonlyMap<string, readonly SearchParameter[]> => {
  const byBase = new Map<string, SearchParameter[]>();
  for (const parameter of parameters)
    for (const base of parameter.base) {
      const compiled = compileParameter(parameter, base);
      byBase.set(base, [...(byBase.get(base) ?? []), compiled]);
    }
  return byBase;
};

const compileParameter = (parameter: SourceParameter, base: string): SearchParameter => ({
  code: parameter.code,
  url: parameter.url,
  type: parameter.type as SearchParameterType,
  expression: narrow(parameter.expression ?? '', base),
  targets: parameter.target ?? [],
  description: descriptionFor(parameter.description, base),
  components: (parameter.component ?? []).map(({ definition, expression }) => ({
    definition,
    expression: corrected(expression),
  })),
});

/** Keeps the alternatives of a union that begin at this type, at Resource or DomainResource, or at no type at all. */
export const narrow = (expression: string, type: string): string =>
  alternatives(expression)
    .filter((alternative) => {
      const start = /^[\s(]*([A-Z]\w*)/.exec(alternative)?.[1];
      return start === undefined || [type, 'Resource', 'DomainResource'].includes(start);
    })
    .map(corrected)
    .join(' | ');

/** The parts between the `|` that stand outside parentheses and string literals. */
const alternatives = (expression: string): readonly string[] => {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of expression.matchAll(/'(?:[^'\\]|\\.)*'|[()|]/g)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (token !== '|' || depth > 0) continue;
    parts.push(expression.slice(start, index).trim());
    start = index + 1;
  }
  parts.push(expression.slice(start).trim());
  return parts.filter((part) => part !== '');
};

// "Multiple Resources: \r\n\r\n* [Patient](patient.html): A patient's name\r\n* ..." has a line for each type.
const descriptionFor = (description: string, base: string): string => {
  const line = description.split(/\r?\n/).find((text) => text.startsWith(`* [${base}](`));
  return line === undefined ? description : line.slice(line.indexOf('): ') + 3).trim();
};
