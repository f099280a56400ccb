// revoke-access: everything a client or a user was granted ends, from the next request on.

import { ownApp } from '../../access/own-apps.ts';
import { invalid } from '../../fhir/problem.ts';
import type { Context } from '../../interactions/types.ts';
import { endAccess } from '../../oauth/end-access.ts';
import { withdrawOwnClient } from '../../oauth/own-clients.ts';
import { readFlag, readText, type Inputs } from '../../operations/parameters.ts';
import type { Command, Tools } from '../types.ts';

export const revokeAccess: Command = {
  name: 'revoke-access',
  about: 'Revokes all tokens and grants of a client or a user.',
  inputs: [
    { name: 'client', type: 'string', about: 'Client id.' },
    { name: 'user', type: 'string', about: 'User name.' },
    {
      name: 'disable',
      type: 'boolean',
      about: 'The user or client cannot come back; one of our own apps only by restore-app.',
    },
  ],
  outputs: [{ name: 'revoked', type: 'integer', about: 'How many tokens and grants ended.' }],
  ways: 'everywhere',
  event: 'revocation',
  run: async (inputs, tools) => {
    const where = await subjectOf(inputs, tools);
    const { records } = tools.context.store;
    // First, so that nothing is granted after what is there was removed.
    if (readFlag(inputs, 'disable')) await disable(where, tools);
    const sessions = 'accountId' in where ? await records.drop('Session', where) : 0;
    const ended = await endAccess(records, where);
    return [{ name: 'revoked', valueInteger: sessions + ended }];
  },
};

type Subject = { readonly clientId: string } | { readonly accountId: string };

const subjectOf = async (inputs: Inputs, { context, users }: Tools): Promise<Subject> => {
  const [client, username] = [readText(inputs, 'client'), readText(inputs, 'user')];
  if ((client === undefined) === (username === undefined))
    throw invalid("Send either 'client' or 'user'.");
  if (client !== undefined) {
    if ((await context.store.records.get('Client', client)) === undefined)
      throw invalid(`There is no client '${client}'.`, 'client');
    return { clientId: client };
  }
  const user = await users.byName(username!);
  if (!user) throw invalid(`There is no user '${username!}'.`, 'user');
  return { accountId: user.id };
};

const disable = async (subject: Subject, { context, users }: Tools): Promise<void> => {
  if ('accountId' in subject)
    await users.change(subject.accountId, (kept) => ({ ...kept, status: 'disabled' }));
  else await disableClient(subject.clientId, context);
};

const disableClient = async (id: string, { store: { records } }: Context): Promise<void> => {
  const own = ownApp(id);
  // Ours come back with each start, unless it is written down that they shall not.
  if (own) await withdrawOwnClient(records, own);
  else await records.take('Client', id);
};
