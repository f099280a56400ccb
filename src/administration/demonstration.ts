// The demonstration: two hospitals with their staff, patients and apps, loaded into an empty store; its passwords are public.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownApps, type OwnApp } from '../access/own-apps.ts';
import { unrestricted, type Permit } from '../access/permit.ts';
import { parseDocument } from '../fhir/json.ts';
import type { Context } from '../interactions/types.ts';
import { without } from '../oauth/without.ts';
import { not } from '../search/plan.ts';
import type { RecordStore } from '../store/port.ts';
import type { RunCommand } from './run-command.ts';
import { seedPatients } from './seed.ts';

const folder = join(import.meta.dirname, '../../seed');

/** Of every account of the demonstration; production does not start on a folder that holds them. */
const password = 'green-hill-demo';

/** Enough to fill the days of every doctor, and few enough to be there in seconds; `npm run seed` adds others. */
const madeUpPatients = 18;

export interface SignIn {
  readonly username: string;
  readonly password: string;
  readonly about: string;
  /** The app that is for them; none for who has to do with the account pages only. */
  readonly app: OwnApp | undefined;
}

export interface Surroundings {
  readonly context: Context;
  readonly base: string;
  readonly administer: RunCommand;
}

/** Does nothing when somebody has written resources already, or no seed beside the server. Says whether it loaded. */
export const loadDemonstration = async (around: Surroundings): Promise<boolean> => {
  const { resources, records } = around.context.store;
  const { items } = await resources.search(others, { sort: [], size: 1 });
  if (items.length > 0 || !existsSync(join(folder, 'accounts.json'))) return false;
  // Noted first: what a crash leaves half loaded must not serve in production either.
  await records.put(kind, id, { password });
  await load('terminology', around, unrestricted);
  for (const hospital of hospitals)
    await load(hospital, around, { ...unrestricted, custodian: `Organization/${hospital}` });
  await seedPatients({ from: 1, to: madeUpPatients }, around);
  for (const account of await accounts()) await createAccount(account, around);
  return true;
};

export const hasDemonstration = async (records: RecordStore): Promise<boolean> =>
  (await records.get(kind, id)) !== undefined;

/** Who can sign in. */
export const demonstrationSignIns = async (): Promise<readonly SignIn[]> =>
  (await accounts())
    .filter(({ command }) => command === 'create-user')
    .map(({ about, username = '', role }) => ({
      ...{ about, username, password },
      app: ownApps.find(({ roles }) => roles.some((each) => each === role)),
    }));

/** The server's own NamingSystem makes a store no less empty. */
const others = not({ op: 'type', types: ['NamingSystem'] });

const kind = 'administration';
const id = 'demonstration';

/** Each is the name of a file and the id of an Organization. The second refers to patients of the first. */
const hospitals: readonly string[] = ['sahyadri', 'lakeside'];

/** As that hospital would write it, so that it is the custodian; lists of codes are nobody's own. */
const load = async (
  name: string,
  { context, base }: Surroundings,
  permit: Permit,
): Promise<void> => {
  const text = await readFile(join(folder, 'demonstration', `${name}.json`), 'utf8');
  const body = parseDocument(text, context.limits.depth);
  const headers = { prefer: 'return=minimal' };
  await context.dispatch({ method: 'POST', path: '', query: [], headers, body, base }, permit);
};

type Account = Readonly<Record<string, string>> & {
  readonly command: string;
  readonly about: string;
};

const accounts = async (): Promise<readonly Account[]> =>
  JSON.parse(await readFile(join(folder, 'accounts.json'), 'utf8')) as readonly Account[];

const createAccount = async (account: Account, { administer }: Surroundings): Promise<void> => {
  const { command } = account;
  const values = without(account, 'command', 'about');
  const secret = command === 'create-user' ? { password } : {};
  await administer({ command, parameters: Object.entries({ ...values, ...secret }) });
};
