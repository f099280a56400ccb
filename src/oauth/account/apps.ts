// Apps with access: which clients hold grants of a user, and how one is taken back.

import type { RecordStore } from '../../store/port.ts';
import { endAccess } from '../end-access.ts';
import type { AppRow } from '../pages/account-page.ts';
import { accountClientId } from './client.ts';

export interface Apps {
  of(user: string): Promise<readonly AppRow[]>;
  /** From the next request on the app's tokens are void. Gives the name of the app, if it had access. */
  revoke(user: string, client: string): Promise<string | undefined>;
}

interface Token {
  readonly clientId: string;
  readonly scope?: string;
}

interface Client {
  readonly client_name?: string;
}

/** What opens a record: with these gone, a grant alone does nothing. */
const tokenKinds = ['RefreshToken', 'AccessToken'] as const;

export const createApps = (records: RecordStore): Apps => {
  const of = async (user: string): Promise<readonly AppRow[]> => {
    const found = await Promise.all(
      tokenKinds.map((kind) => records.find(kind, { accountId: user })),
    );
    const tokens = (found.flat() as readonly Token[]).filter(
      ({ clientId }) => clientId !== accountClientId,
    );
    const clients = [...new Set(tokens.map(({ clientId }) => clientId))];
    return Promise.all(
      clients.map(async (id) => {
        const client = (await records.get('Client', id)) as Client | undefined;
        const scopes = tokens
          .filter(({ clientId }) => clientId === id)
          .flatMap(({ scope = '' }) => scope.split(' '));
        return { id, name: client?.client_name ?? id, scopes: [...new Set(scopes)].join(' ') };
      }),
    );
  };
  return {
    of,
    revoke: async (user, client) => {
      const app = (await of(user)).find(({ id }) => id === client);
      if (app === undefined) return undefined;
      await endAccess(records, { accountId: user, clientId: client });
      return app.name;
    },
  };
};
