// parse: the text of a scope as a Scope, or nothing when it is not one this server knows.
// https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-fhir-resources

import type { Definitions } from '../../fhir/definitions/types.ts';
import { Problem } from '../../fhir/problem.ts';
import { readQuery, type Query } from '../../fhir/query.ts';
import { isCommonParameter } from '../../search/common-parameters.ts';
import { parseParameterPath } from '../../search/parameter-path.ts';
import { isResultParameter } from '../../search/result-parameters.ts';
import type { Right } from '../permit.ts';
import { letters, words, type Scope } from './scope.ts';

/**
 * `patient/Observation.rs?category=laboratory`, `user/*.read`. undefined for what is no resource scope (`openid`), for an
 * unknown type, for letters out of order, and for a query that no search of the type could have.
 */
export const parseScope = (
  text: string,
  definitions: Pick<Definitions, 'resourceTypes' | 'searchParameters'>,
): Scope | undefined => {
  const match = /^(patient|user|system)\/([A-Za-z]+|\*)\.([a-z]+|\*)(?:\?(.*))?$/.exec(text);
  if (!match) return undefined;
  const [, context, type = '', action = '', asked] = match;
  if (type !== '*' && !definitions.resourceTypes.includes(type)) return undefined;
  // Version 1 has no queries.
  if (asked !== undefined && Object.hasOwn(words, action)) return undefined;
  const rights = readRights(words[action] ?? action);
  const query = asked === undefined ? [] : readCriteria(asked, type, definitions);
  if (!rights || !query) return undefined;
  return { context: context as Scope['context'], type, rights, query, text };
};

/** The resource scopes among the texts, as long as they are not more than can be worked out; what is more grants nothing. */
export const parseScopes = (
  texts: readonly string[],
  definitions: Pick<Definitions, 'resourceTypes' | 'searchParameters'>,
): readonly Scope[] => {
  let left = mostPlanned;
  return texts
    .map((text) => parseScope(text, definitions))
    .filter((scope) => scope !== undefined)
    .filter(({ type, query }) => {
      const cost = query.length * (type === '*' ? definitions.resourceTypes.length : 1);
      if (cost <= left) left -= cost;
      else return false;
      return true;
    });
};

/** Criteria, each counted for every type it is for: some hundred of them for `*` would hold up the server for seconds. */
const mostPlanned = 2000;

const readRights = (text: string): readonly Right[] | undefined => {
  const found = letters.filter(([letter]) => text.includes(letter));
  const isInOrder = found.map(([letter]) => letter).join('') === text;
  return isInOrder && found.length > 0 ? found.map(([, right]) => right) : undefined;
};

const mostCriteria = 20;

const readCriteria = (
  text: string,
  type: string,
  definitions: Pick<Definitions, 'resourceTypes' | 'searchParameters'>,
): Query | undefined => {
  try {
    const query = readQuery(text, mostCriteria, 'query of the scope');
    const types = type === '*' ? definitions.resourceTypes : [type];
    const areKnown = query.every(
      ([name, value]) =>
        value !== '' && types.every((each) => isCriterion(name, each, definitions)),
    );
    return query.length > 0 && areKnown ? query : undefined;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
};

/** One of the type's own parameters. A chain would make a scope depend on resources that it does not grant. */
const isCriterion = (
  name: string,
  type: string,
  definitions: Pick<Definitions, 'searchParameters'>,
): boolean => {
  if (isResultParameter(name)) return false;
  const path = parseParameterPath(name);
  if (path.kind !== 'own') return false;
  if (isCommonParameter(path.code)) return true;
  const parameter = definitions.searchParameters(type).get(path.code);
  return parameter !== undefined && parameter.type !== 'special' && parameter.expression !== '';
};
