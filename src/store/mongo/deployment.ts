// deployment: which MongoDB answers: a replica set or a sharded cluster, and whether Meridian can keep its promises on it.

import type { Connection } from 'mongoose';

export interface Deployment {
  readonly version: string;
  readonly topology: 'replica set' | 'sharded cluster';
  /** Members, or shards. */
  readonly parts: readonly string[];
  /** A sentence for the log. */
  readonly words: string;
}

/** A server that can never serve, however long one waits. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Retired before this: 6.0 in July 2025. https://www.mongodb.com/legal/support-policy/lifecycles */
const oldest = [7, 0] as const;

/** Throws `Refused`. */
export const readDeployment = async (connection: Connection): Promise<Deployment> => {
  const admin = connection.db!.admin();
  const hello = await admin.command({ hello: 1 });
  const { version } = (await admin.command({ buildInfo: 1 })) as unknown as { version: string };
  refuseOld(version);
  if (hello['msg'] === 'isdbgrid') return clusterOf(version, await shardsOf(connection));
  const set: unknown = hello['setName'];
  if (typeof set !== 'string')
    throw new Refused(
      'MONGODB_URL leads to a standalone MongoDB server, which has no transactions. Start it as a replica set (one member is enough: mongod --replSet rs0, then rs.initiate()), or name a sharded cluster.',
    );
  const members = [hello['hosts'], hello['passives'], hello['arbiters']].flatMap((hosts) =>
    Array.isArray(hosts) ? hosts.map(String) : [],
  );
  const count = members.length === 1 ? '1 member' : `${String(members.length)} members`;
  const words = `MongoDB ${version}, replica set '${set}' of ${count}: ${members.join(', ')}.`;
  return { version, topology: 'replica set', parts: members, words };
};

const refuseOld = (version: string): void => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new Refused(
    `MONGODB_URL leads to MongoDB ${version}; Meridian needs ${oldest.join('.')} or newer. Upgrade the server one major version at a time.`,
  );
};

const clusterOf = (version: string, shards: readonly string[]): Deployment => ({
  version,
  topology: 'sharded cluster',
  parts: shards,
  words: `MongoDB ${version}, sharded cluster of ${String(shards.length)} shards: ${shards.join(', ')}.`,
});

/** A user may lack the right to list them; that is no reason not to start. */
const shardsOf = async (connection: Connection): Promise<readonly string[]> => {
  try {
    const { shards } = (await connection.db!.admin().command({ listShards: 1 })) as unknown as {
      shards: readonly { readonly _id: string }[];
    };
    return shards.map(({ _id }) => _id);
  } catch {
    return ['(not allowed to list them)'];
  }
};
