// Capabilities: what this server does, made from the tables by which it does it.
// https://hl7.org/fhir/R4/http.html#capabilities

import { hash } from 'node:crypto';
import { invalid } from '../fhir/problem.ts';
import type { Resource } from '../fhir/resource.ts';
import type { FhirResponse, Handler } from './types.ts';

export const capabilities: Handler = (request, _permit, context) => {
  const mode = request.query.find(([name]) => name === 'mode')?.[1] ?? 'full';
  const statement = context.capabilities(request.base);
  switch (mode) {
    case 'full':
    case 'normative':
      return Promise.resolve(answer(textOf(statement), request.headers['if-none-match']));
    case 'terminology':
      return Promise.resolve({ status: 200, text: JSON.stringify(terminologyOf(statement)) });
    default:
      throw invalid(`mode must be full, normative or terminology, not '${mode}'.`, 'mode');
  }
};

const answer = (text: string, known: string | undefined): FhirResponse => {
  const etag = `W/"${hash('sha256', text, 'base64url').slice(0, 16)}"`;
  if (known?.includes(etag)) return { status: 304, headers: { etag } };
  return { status: 200, text, headers: { etag } };
};

// The statement is large and always the same: its text is made once.
const texts = new WeakMap<Resource, string>();
const textOf = (statement: Resource): string => {
  const found = texts.get(statement) ?? JSON.stringify(statement);
  texts.set(statement, found);
  return found;
};

/** https://hl7.org/fhir/R4/terminologycapabilities.html */
const terminologyOf = ({ status, date, software, implementation }: Resource): Resource => ({
  resourceType: 'TerminologyCapabilities',
  ...{ status, date, kind: 'instance', software, implementation },
  expansion: { hierarchical: false, paging: false, incomplete: false },
  codeSearch: 'explicit',
});
