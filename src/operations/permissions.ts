// $permissions: what a user or client may do, type by type, and why: by which line of the roles' rules and by which scopes.

import { explainCaller, type Explained } from '../access/explain.ts';
import type { Permit } from '../access/permit.ts';
import { normalise } from '../access/scopes/normalise.ts';
import { findSubject, type Named, type Subject } from '../access/subject.ts';
import { forbidden, invalid, notFound } from '../fhir/problem.ts';
import type { Context, Handler } from '../interactions/types.ts';
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

const handler: Handler = async (request, permit, context) => {
  const inputs = readInputs(request, parameters);
  const user = readText(inputs, 'user');
  const client = readText(inputs, 'client');
  const isOneself = user === undefined && client === undefined;
  if (!isOneself) checkAdministrator(permit);
  const subject = isOneself ? oneself(permit) : await readSubject({ user, client }, context.store);
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

const readSubject = async (
  named: Named,
  { records }: Pick<Context['store'], 'records'>,
): Promise<Subject> => {
  const subject = await findSubject(named, records);
  if (subject === 'no user') throw notFound('User', named.user ?? '');
  if (subject === 'no client') throw notFound('Client', named.client ?? '');
  return subject;
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
