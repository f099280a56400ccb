// Subject: a user, a client, or a user through a client, as the caller they would be. For who asks what somebody may do.

import { isObject } from '../fhir/resource.ts';
import type { RecordStore } from '../store/port.ts';
import type { Caller, Role } from './caller.ts';
import type { User } from './user.ts';

/** A caller without a token. */
export type Subject = Pick<
  Caller,
  'role' | 'scopes' | 'fhirUser' | 'organization' | 'patient' | 'user'
> & { readonly client?: string };

/** A user by id or user name, a client by its id; at least one. */
export interface Named {
  readonly user?: string | undefined;
  readonly client?: string | undefined;
}

/** A user through a client has that client's scopes, alone all a role can have; a client alone acts as itself. */
export const findSubject = async (
  { user, client }: Named,
  records: RecordStore,
): Promise<Subject | 'no user' | 'no client'> => {
  const registered = client === undefined ? undefined : await findClient(client, records);
  if (client !== undefined && registered === undefined) return 'no client';
  if (user === undefined) return registered ? asItself(registered) : 'no client';
  const found = await findUser(user, records);
  return found ? asUser(found, registered) : 'no user';
};

/** What a user may do at most, through whatever app. */
const allOfPersons = ['patient/*.cruds', 'user/*.cruds'];

export const asUser = (
  { id, role, fhirUser, organization }: User,
  client?: Pick<Registered, 'id' | 'scopes'>,
): Subject => {
  const [type, patient] = fhirUser?.split('/') ?? [];
  return {
    ...{ role, user: id, scopes: client?.scopes ?? allOfPersons },
    ...(client ? { client: client.id } : {}),
    ...(fhirUser === undefined ? {} : { fhirUser }),
    ...(organization === undefined ? {} : { organization }),
    ...(type === 'Patient' && patient !== undefined ? { patient } : {}),
  };
};

const findUser = async (named: string, records: RecordStore): Promise<User | undefined> => {
  const byId = await records.get('user', named);
  if (isUser(byId)) return byId;
  const name = await records.get('user-name', named.toLowerCase());
  const id = isObject(name) ? name['user'] : undefined;
  const byName = typeof id === 'string' ? await records.get('user', id) : undefined;
  return isUser(byName) ? byName : undefined;
};

const isUser = (value: unknown): value is User =>
  isObject(value) && typeof value['role'] === 'string';

interface Registered {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly organization?: string;
  readonly isNetwork: boolean;
}

const findClient = async (id: string, records: RecordStore): Promise<Registered | undefined> => {
  const found = await records.get('Client', id);
  if (!isObject(found)) return undefined;
  const { smart_scope: scope, organization, network } = found;
  return {
    id,
    scopes: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [],
    ...(typeof organization === 'string' ? { organization } : {}),
    isNetwork: network === true,
  };
};

const asItself = ({ id, scopes, organization, isNetwork }: Registered): Subject => {
  const role: Role = isNetwork ? 'network' : 'system';
  return {
    ...{ role, client: id, scopes },
    ...(organization === undefined ? {} : { organization }),
  };
};
