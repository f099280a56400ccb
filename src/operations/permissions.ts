// $permissions: what a user or client may do, type by type, and why: by which line of the roles' rules and by which scopes.

import type { Caller, Role } from '../access/caller.ts';
import { explainCaller, type Explained } from '../access/explain.ts';
import type { Permit } from '../access/permit.ts';
import { normalise } from '../access/scopes/normalise.ts';
import type { User } from '../access/user.ts';
import { forbidden, invalid, notFound } from '../fhir/problem.ts';
import { isObject } from '../fhir/resource.ts';
import type { Context, Handler } from '../interactions/types.ts';
import type { RecordStore } from '../store/port.ts';
import {
  answerWith,
  readInputs,
  readText,
  type InputParameter,
  type OutputParameter,
} from './parameters.ts';
import type { Operation } from './types.ts';

const parameters: readonly InputParameter[] = [
  { name: 'user', type: 'string' },
  { name: 'client', type: 'string' },
];

/** Who is told of: a caller without a token. */
type Subject = Pick<Caller, 'role' | 'scopes' | 'fhirUser' | 'organization' | 'patient'> & {
  readonly user?: string | undefined;
  readonly client?: string | undefined;
};

const handler: Handler = async (request, permit, context) => {
  const inputs = readInputs(request, parameters);
  const user = readText(inputs, 'user');
  const client = readText(inputs, 'client');
  const isOneself = user === undefined && client === undefined;
  if (!isOneself) checkAdministrator(permit);
  const subject = isOneself ? oneself(permit) : await readSubject({ user, client }, context);
  const rows = explainCaller(subject, context.definitions);
  return answerWith([...describe(subject), ...rows.map(typeParameter)]);
};

export const permissions: Operation = {
  name: '$permissions',
  definition: 'https://meridian.example/OperationDefinition/permissions',
  levels: ['system'],
  affectsState: false,
  handler,
};

const oneself = ({ caller }: Permit): Subject => {
  if (caller) return caller;
  throw invalid("Nobody has signed in; name whom to tell of by the parameter 'user' or 'client'.");
};

/** Everyone may know what they may do themselves. The server's own permit has no caller. */
const checkAdministrator = (permit: Permit): void => {
  const { caller } = permit;
  if (!caller) return;
  if (caller.role !== 'administrator')
    throw forbidden('Only an administrator may ask what others may do; leave out user and client.');
  // An app for the administrator's directory has no business with who may do what.
  if (!permit.allows('read', 'AuditEvent'))
    throw forbidden('The app needs a scope to read AuditEvents for this.');
};

interface Named {
  readonly user: string | undefined;
  readonly client: string | undefined;
}

/** A user through a client has that client's scopes, alone all a role can have; a client alone acts as itself. */
const readSubject = async ({ user, client }: Named, context: Context): Promise<Subject> => {
  const { records } = context.store;
  const registered = client === undefined ? undefined : await readClient(client, records);
  if (user === undefined) return { ...clientSubject(registered!), client };
  const found = await readUser(user, records);
  const { role, fhirUser, organization } = found;
  const [type, id] = fhirUser?.split('/') ?? [];
  return {
    ...{ role, user: found.id, client },
    scopes: registered ? registered.scopes : ['patient/*.cruds', 'user/*.cruds'],
    ...(fhirUser === undefined ? {} : { fhirUser }),
    ...(organization === undefined ? {} : { organization }),
    ...(type === 'Patient' && id !== undefined ? { patient: id } : {}),
  };
};

const readUser = async (named: string, records: RecordStore): Promise<User> => {
  const byId = await records.get('user', named);
  if (isUser(byId)) return byId;
  const name = await records.get('user-name', named.toLowerCase());
  const id = isObject(name) ? name['user'] : undefined;
  const byName = typeof id === 'string' ? await records.get('user', id) : undefined;
  if (isUser(byName)) return byName;
  throw notFound('User', named);
};

const isUser = (value: unknown): value is User =>
  isObject(value) && typeof value['role'] === 'string';

interface Registered {
  readonly scopes: readonly string[];
  readonly organization?: string;
  readonly isNetwork: boolean;
}

const readClient = async (id: string, records: RecordStore): Promise<Registered> => {
  const found = await records.get('Client', id);
  if (!isObject(found)) throw notFound('Client', id);
  const { smart_scope: scope, organization, network } = found;
  return {
    scopes: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [],
    ...(typeof organization === 'string' ? { organization } : {}),
    isNetwork: network === true,
  };
};

const clientSubject = ({ scopes, organization, isNetwork }: Registered): Subject => {
  const role: Role = isNetwork ? 'network' : 'system';
  return { role, scopes, ...(organization === undefined ? {} : { organization }) };
};

const describe = (subject: Subject): readonly (OutputParameter | undefined)[] => [
  { name: 'role', valueCode: subject.role },
  textOf('user', subject.user),
  textOf('client', subject.client),
  textOf('fhirUser', subject.fhirUser),
  textOf('organization', subject.organization),
  textOf('patient', subject.patient && `Patient/${subject.patient}`),
  ...subject.scopes.map((scope) => ({ name: 'scope', valueString: scope })),
];

const textOf = (name: string, value: string | undefined): OutputParameter | undefined =>
  value === undefined ? undefined : { name, valueString: value };

const typeParameter = ({
  type,
  kind,
  line,
  rights,
  elements = [],
}: Explained): OutputParameter => ({
  name: 'permission',
  part: [
    { name: 'type', valueCode: type },
    { name: 'kind', valueCode: kind },
    { name: 'rule', valueString: line },
    ...rights.map(({ right, reach, scopes }) => ({
      name: 'right',
      part: [
        { name: 'code', valueCode: right },
        ...reach.map((words) => ({ name: 'reach', valueString: words })),
        ...[...new Set(scopes.map(normalise))].map((scope) => ({
          ...{ name: 'scope', valueString: scope },
        })),
      ],
    })),
    ...elements.map((element) => ({ name: 'element', valueString: element })),
  ],
});
