// Match: the route of a method and a path, and what the path names.
// https://hl7.org/fhir/R4/http.html#summary

import type { Right } from '../access/permit.ts';
import type { Definitions } from '../fhir/definitions/types.ts';
import { nearest } from '../fhir/nearest.ts';
import { methodNotAllowed, noSuchAddress, unknownType, type Problem } from '../fhir/problem.ts';
import type { FhirRequest, Handler } from '../interactions/types.ts';
import type { Level, Operation } from '../operations/types.ts';
import { withheld, type Kind, type Method, type Route } from './routes.ts';

export interface Tables {
  readonly routes: readonly Route[];
  readonly operations: readonly Operation[];
  readonly definitions: Definitions;
}

/** What the path says; the rest of a FhirRequest comes from elsewhere. */
export type Named = Pick<FhirRequest, 'type' | 'id' | 'version' | 'operation' | 'compartment'>;

export interface Match {
  readonly interaction: string;
  readonly handler: Handler;
  readonly kind?: Kind | undefined;
  /** What an operation needs on the type it is asked of. */
  readonly right?: Right | undefined;
  readonly named: Named;
}

export type Matcher = (method: FhirRequest['method'], path: string) => Match;

/** Throws 404 for an address that does not exist, 405 for a method that is not possible on it. */
export const createMatcher = ({ routes, operations, definitions }: Tables): Matcher => {
  const types = new Set(definitions.resourceTypes);
  const bySize = Map.groupBy(routes.map(readRoute), ({ parts }) => parts.length);

  return (asked, path) => {
    const method = asked === 'HEAD' ? 'GET' : asked;
    const parts = path === '' ? [] : path.split('/');
    if (parts.at(-1)?.startsWith('$')) {
      const named = checkTypes(nameOperation(parts), types, definitions);
      return { ...findOperation(method, parts, operations), named };
    }
    const rows = bySize.get(parts.length) ?? [];
    const found = rows.find((each) => each.route.method === method && fits(each, parts));
    if (found) {
      const named = checkTypes(nameParts(found, parts), types, definitions);
      return { ...found.route, named };
    }
    const fitting = rows.filter((each) => fits(each, parts));
    if (fitting.length === 0) throw nothingAt(path);
    throw methodNotAllowed(asked, allowedBy(fitting.map(({ route }) => route.method)));
  };
};

interface Readable {
  readonly route: Route;
  readonly parts: readonly string[];
  /** Where in the path each is named; -1 where it is not. */
  readonly places: Readonly<Record<'type' | 'id' | 'version' | 'compartment', number>>;
}

const readRoute = (route: Route): Readable => {
  const parts = route.path === '' ? [] : route.path.split('/');
  const places = {
    type: parts.indexOf('[type]'),
    id: parts.indexOf('[id]'),
    version: parts.indexOf('[version]'),
    compartment: parts.indexOf('[compartment]'),
  };
  return { route, parts, places };
};

const fits = ({ route, parts }: Readable, asked: readonly string[]): boolean =>
  parts.every((part, place) => isFor(part, asked[place] ?? '')) && !isWithheld(route, asked[0]);

const isFor = (part: string, asked: string): boolean => {
  if (part === '[type]' && asked === 'metadata') return false;
  return part.startsWith('[') ? isName(asked) : part === asked;
};

const isWithheld = ({ interaction }: Route, type = ''): boolean =>
  Object.hasOwn(withheld, type) && withheld[type]!.includes(interaction);

// Names of ours begin with '_' or '$', or are '*'.
const isName = (text: string): boolean => text !== '' && !ours.has(text[0]!);

const ours: ReadonlySet<string> = new Set(['_', '$', '*']);

const nameParts = ({ parts, places }: Readable, asked: readonly string[]): Named => {
  const type = asked[places.type];
  const id = asked[places.id];
  const version = asked[places.version];
  const whole = asked[places.compartment];
  const inside = whole !== undefined && id !== undefined ? { type: whole, id } : undefined;
  const literal = parts[0] === 'Binary' ? 'Binary' : undefined;
  const typeName = type ?? literal;
  return {
    ...(typeName === undefined ? {} : { type: typeName }),
    ...(inside ? { compartment: inside } : id === undefined ? {} : { id }),
    ...(version === undefined ? {} : { version }),
  };
};

const checkTypes = (named: Named, types: ReadonlySet<string>, definitions: Definitions): Named => {
  const { type, compartment } = named;
  if (type !== undefined && !types.has(type)) throw unknownType(type, nearest(type, types));
  if (compartment && !definitions.compartments.has(compartment.type))
    throw nothingAt(`${compartment.type}/${compartment.id}/${type ?? '*'}`);
  return named;
};

const nameOperation = (parts: readonly string[]): Named => {
  const [operation, ...before] = parts.toReversed();
  const [type, id, , version] = before.toReversed();
  return {
    ...(operation === undefined ? {} : { operation }),
    ...(type === undefined ? {} : { type }),
    ...(id === undefined ? {} : { id }),
    ...(version === undefined ? {} : { version }),
  };
};

/** By how many parts the address has. */
const levels: Readonly<Record<number, Level>> = {
  1: 'system',
  2: 'type',
  3: 'instance',
  5: 'version',
};

const levelOf = (parts: readonly string[]): Level | undefined => {
  const level = levels[parts.length];
  return level === 'version' && parts[2] !== '_history' ? undefined : level;
};

const findOperation = (
  method: Method,
  parts: readonly string[],
  operations: readonly Operation[],
): Pick<Match, 'interaction' | 'handler' | 'kind' | 'right'> => {
  const name = parts.at(-1) ?? '';
  const [type] = parts.length > 1 ? parts : [];
  const level = levelOf(parts);
  const found = operations.find(
    (each) =>
      each.name === name &&
      level !== undefined &&
      each.levels.includes(level) &&
      (type === undefined || (each.types?.includes(type) ?? true)),
  );
  if (!found) throw noSuchOperation(name, parts, operations);
  const allowed: readonly Method[] = found.affectsState ? ['POST'] : ['GET', 'POST'];
  if (!allowed.includes(method)) throw methodNotAllowed(method, allowedBy(allowed));
  const kind = found.isOfOwnType && method === 'GET' ? 'bytes' : undefined;
  return { interaction: name, handler: found.handler, kind, right: found.right };
};

const allowedBy = (methods: readonly Method[]): readonly string[] => [
  ...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))),
];

const nothingAt = (path: string): Problem =>
  noSuchAddress(`There is nothing at '${path}'; the CapabilityStatement (metadata) lists what is.`);

const noSuchOperation = (
  name: string,
  parts: readonly string[],
  operations: readonly Operation[],
): Problem => {
  const elsewhere = operations.find((each) => each.name === name);
  if (elsewhere) {
    const types = elsewhere.types ? ` of ${elsewhere.types.join(', ')}` : '';
    return noSuchAddress(
      `${name} is not at '${parts.join('/')}'; it works on the level ${elsewhere.levels.join(', ')}${types}.`,
    );
  }
  const near = nearest(
    name,
    operations.map((each) => each.name),
  );
  return noSuchAddress(
    `The operation ${name} is not known${near ? `; did you mean ${near}?` : '.'}`,
  );
};
