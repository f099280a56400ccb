// create-token: an access token for scripts and measurements, as an app would get one after a sign-in.

import { randomBytes } from 'node:crypto';
import { tokenId } from '../../access/authenticate.ts';
import type { Caller, Role } from '../../access/caller.ts';
import { parseScope } from '../../access/scopes/parse.ts';
import type { User } from '../../access/user.ts';
import { invalid } from '../../fhir/problem.ts';
import { readNumber, readText, type Inputs } from '../../operations/parameters.ts';
import type { Command, Tools } from '../types.ts';
import { reference, required, texts } from '../read-inputs.ts';
import { checkThere } from '../write-resource.ts';

const people = ['Practitioner', 'Patient', 'RelatedPerson'] as const;
const standardSeconds = 3600;
const longestSeconds = 30 * 86_400;

export const createToken: Command = {
  name: 'create-token',
  about:
    'Gives an access token without a sign-in. In production it needs the administrator’s secret.',
  inputs: [
    { name: 'scope', type: 'string', required: true, about: 'Such as "patient/*.rs openid".' },
    { name: 'user', type: 'string', about: 'Whose token: Practitioner/[id], Patient/[id], …' },
    { name: 'user-name', type: 'string', about: 'The same, by the name of the account.' },
    { name: 'patient', type: 'string', about: 'Id of the patient in context.' },
    { name: 'encounter', type: 'string', about: 'Id of the encounter in context.' },
    { name: 'organization', type: 'string', about: 'Organization/[id] acted for.' },
    { name: 'seconds', type: 'positiveInt', about: 'How long it is good; an hour otherwise.' },
  ],
  outputs: [{ name: 'token', type: 'string', about: 'For the header Authorization: Bearer.' }],
  // Whoever holds it is that person: no administrator may take it over the network.
  ways: 'command line',
  event: 'token',
  run: async (inputs, tools) => {
    const scope = required(inputs, 'scope');
    checkScopes(scope, tools);
    const caller = await readCaller(scope, inputs, tools);
    const token = randomBytes(32).toString('base64url');
    const seconds = Math.min(readNumber(inputs, 'seconds') ?? standardSeconds, longestSeconds);
    const now = Math.floor(tools.context.now() / 1000);
    const { patient, encounter } = caller;
    const row = {
      ...{ kind: 'AccessToken', clientId: 'command-line', scope, iat: now, exp: now + seconds },
      ...(caller.user === undefined ? {} : { accountId: caller.user }),
      extra: {
        caller,
        ...(patient === undefined ? {} : { patient }),
        ...(encounter === undefined ? {} : { encounter }),
      },
    };
    const end = new Date((now + seconds) * 1000);
    await tools.context.store.records.put('AccessToken', tokenId(token), row, end);
    return [{ name: 'token', valueString: token }];
  },
};

type CallerInToken = Omit<Caller, 'client' | 'scopes' | 'token' | 'grant'>;

const readCaller = async (scope: string, inputs: Inputs, tools: Tools): Promise<CallerInToken> => {
  const { patient, encounter } = texts(inputs, { patient: 'patient', encounter: 'encounter' });
  const organization = reference(inputs, 'organization', ['Organization']);
  const named = reference(inputs, 'user', people);
  await checkThere(named, 'user', tools);
  await checkThere(organization, 'organization', tools);
  if (patient !== undefined) await checkThere(`Patient/${patient}`, 'patient', tools);
  if (encounter !== undefined) await checkThere(`Encounter/${encounter}`, 'encounter', tools);
  checkContext(scope, patient);
  const account = await accountOf(inputs, tools);
  const fhirUser = account?.fhirUser ?? named ?? ownRecord(scope, patient);
  const user = account ?? (fhirUser === undefined ? undefined : await userOf(fhirUser, tools));
  if (user !== undefined && user.status !== 'active')
    throw invalid(`The user '${user.username}' is ${user.status} and gets no token.`);
  const acting = organization ?? user?.organization;
  return {
    role: user?.role ?? roleOf(fhirUser, acting),
    ...(user === undefined ? {} : { user: user.id }),
    ...(fhirUser === undefined ? {} : { fhirUser }),
    ...(acting === undefined ? {} : { organization: acting }),
    ...(patient === undefined ? {} : { patient }),
    ...(encounter === undefined ? {} : { encounter }),
  };
};

/** With nobody named, a patient's scopes are the patient's own. */
const ownRecord = (scope: string, patient: string | undefined): string | undefined =>
  scope.includes('patient/') && patient !== undefined ? `Patient/${patient}` : undefined;

const roleOf = (fhirUser: string | undefined, organization: string | undefined): Role => {
  switch (fhirUser?.split('/')[0]) {
    case 'Practitioner':
      return 'clinician';
    case 'Patient':
      return 'patient';
    case 'RelatedPerson':
      return 'proxy';
    default:
      return organization === undefined ? 'network' : 'system';
  }
};

const userOf = async (fhirUser: string, { context }: Tools): Promise<User | undefined> => {
  const [found] = await context.store.records.find('user', { fhirUser });
  return found as User | undefined;
};

const accountOf = async (inputs: Inputs, { users }: Tools): Promise<User | undefined> => {
  const name = readText(inputs, 'user-name');
  if (name === undefined) return undefined;
  const user = await users.byName(name);
  if (!user) throw invalid(`There is no user '${name}'.`, 'user-name');
  return user;
};

const checkContext = (scope: string, patient: string | undefined): void => {
  if (patient === undefined && /(^| )patient\//.test(scope))
    throw invalid("patient/ scopes need the patient they are about; send 'patient'.", 'patient');
};

/** Only resource scopes do anything in a token; the rest is let through as it would be by a sign-in. */
const checkScopes = (scope: string, { context }: Tools): void => {
  for (const each of scope.split(' '))
    if (each.includes('.') && !parseScope(each, context.definitions))
      throw invalid(`'${each}' is no scope of this server.`, 'scope');
};
