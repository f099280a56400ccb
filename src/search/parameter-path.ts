// parameter-path: the name of a search parameter as what it says: own, chained, or reversely chained.
// https://hl7.org/fhir/R4/search.html#chaining

import { invalid } from '../fhir/problem.ts';

export type ParameterPath = OwnParameter | Chain | ReverseChain;

/** `name`, `name:exact` */
export interface OwnParameter {
  readonly kind: 'own';
  readonly code: string;
  readonly modifier: string;
}
/** `subject:Patient.name`: what follows is asked of the resource referred to. */
export interface Chain {
  readonly kind: 'chain';
  readonly code: string;
  /** undefined: any type the reference may have. */
  readonly type: string | undefined;
  readonly rest: ParameterPath;
}
/** `_has:Observation:patient:code`: what follows is asked of a resource that refers to this one. */
export interface ReverseChain {
  readonly kind: 'has';
  readonly type: string;
  readonly code: string;
  readonly rest: ParameterPath;
}

/** Throws a 400 when the name has not the form of one. Whether such a parameter exists is `resolve`'s question. */
export const parseParameterPath = (name: string): ParameterPath => {
  if (name === '_has' || name.startsWith('_has:')) return parseHas(name);
  const dot = name.indexOf('.');
  const [code = '', modifier = '', ...more] = name.slice(0, dot < 0 ? undefined : dot).split(':');
  if (code === '' || more.length > 0 || name.endsWith(':'))
    throw invalid(
      `'${name}' is not a parameter name; write it as code, code:modifier or code:Type.code.`,
    );
  if (dot < 0) return { kind: 'own', code, modifier };
  return {
    kind: 'chain',
    code,
    type: modifier === '' ? undefined : modifier,
    rest: parseParameterPath(name.slice(dot + 1)),
  };
};

const parseHas = (name: string): ReverseChain => {
  const [, type = '', code = '', ...rest] = name.split(':');
  if (type === '' || code === '' || rest.length === 0)
    throw invalid(
      `'${name}' is not complete; write it as _has:Type:reference-parameter:parameter.`,
    );
  return { kind: 'has', type, code, rest: parseParameterPath(rest.join(':')) };
};

/** How many other resources stand between the one searched and the value. */
export const linksOf = (path: ParameterPath): number =>
  path.kind === 'own' ? 0 : 1 + linksOf(path.rest);

/** The code of the parameter that the name begins with. */
export const firstCode = (path: ParameterPath): string =>
  path.kind === 'has' ? '_has' : path.code;
