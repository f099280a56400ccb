// The tables of the embedded store and how an older file becomes a newer one.

import type { DatabaseSync } from 'node:sqlite';

/**
 * The steps from an empty file to the present tables; `PRAGMA user_version` counts those taken. A step is never changed
 * once released: a new one is added.
 *
 * - `resource.key` is given when a resource is first stored and never changes: it is the default order.
 * - A deleted resource has its type and the params of its index rows negated: no search has to look whether a hit is
 *   deleted, and the rights on its history can still be asked.
 * - Index tables are clustered by key, which serves deletes, probes and sort values, and have one index by value that
 *   ends in the key, so that an equality streams in default order.
 * - `repeated` holds the params of which some resource has several dates; for the others one date has to meet all
 *   conditions, and is the sort value.
 */
const migrations: readonly string[] = [
  `
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE type (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

CREATE TABLE resource (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  type INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  version TEXT NOT NULL,
  updated INTEGER NOT NULL,
  custodian INTEGER
);
CREATE UNIQUE INDEX resource_name ON resource (name);
CREATE INDEX resource_type ON resource (type);
CREATE INDEX resource_updated ON resource (type, updated);
CREATE INDEX resource_custodian ON resource (custodian, type) WHERE custodian IS NOT NULL;

CREATE TABLE version (
  seq INTEGER PRIMARY KEY,
  key INTEGER NOT NULL,
  type INTEGER NOT NULL,
  version TEXT NOT NULL,
  at INTEGER NOT NULL,
  method TEXT NOT NULL,
  deleted INTEGER NOT NULL,
  custodian INTEGER,
  text TEXT NOT NULL
);
CREATE UNIQUE INDEX version_key ON version (key, version);
CREATE INDEX version_at ON version (at);
CREATE INDEX version_type ON version (type, at);

CREATE TABLE token (
  key INTEGER NOT NULL, param INTEGER NOT NULL, n INTEGER NOT NULL,
  code TEXT NOT NULL, system INTEGER NOT NULL,
  PRIMARY KEY (key, param, n, code, system)
) WITHOUT ROWID;
CREATE INDEX token_value ON token (param, code, key, system);

CREATE TABLE string (
  key INTEGER NOT NULL, param INTEGER NOT NULL, n INTEGER NOT NULL,
  folded TEXT NOT NULL, exact TEXT NOT NULL,
  PRIMARY KEY (key, param, n, folded, exact)
) WITHOUT ROWID;
CREATE INDEX string_value ON string (param, folded, key);
CREATE INDEX string_head ON string (param, substr(folded, 1, 3), key, folded);

CREATE TABLE reference (
  key INTEGER NOT NULL, param INTEGER NOT NULL, n INTEGER NOT NULL,
  target TEXT NOT NULL,
  PRIMARY KEY (key, param, n, target)
) WITHOUT ROWID;
CREATE INDEX reference_value ON reference (param, target, key);

CREATE TABLE uri (
  key INTEGER NOT NULL, param INTEGER NOT NULL, n INTEGER NOT NULL,
  uri TEXT NOT NULL,
  PRIMARY KEY (key, param, n, uri)
) WITHOUT ROWID;
CREATE INDEX uri_value ON uri (param, uri, key);

CREATE TABLE date (
  key INTEGER NOT NULL, param INTEGER NOT NULL, n INTEGER NOT NULL,
  low INTEGER NOT NULL, high INTEGER NOT NULL,
  PRIMARY KEY (key, param, n, low, high)
) WITHOUT ROWID;
CREATE TABLE repeated (param INTEGER PRIMARY KEY);
CREATE INDEX date_value ON date (param, low, key, high);
CREATE INDEX date_wide ON date (param, high, low, key) WHERE high - low > 86400000;

CREATE TABLE number (
  key INTEGER NOT NULL, param INTEGER NOT NULL, n INTEGER NOT NULL,
  unit INTEGER NOT NULL, low REAL NOT NULL, high REAL NOT NULL,
  PRIMARY KEY (key, param, n, unit, low, high)
) WITHOUT ROWID;
CREATE INDEX number_value ON number (param, unit, low, key, high);
CREATE INDEX number_wide ON number (param, unit, high, low, key) WHERE high > low;

CREATE TABLE record (
  kind TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL, expires INTEGER,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE INDEX record_expires ON record (expires) WHERE expires IS NOT NULL;
CREATE TABLE record_field (
  kind TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL,
  PRIMARY KEY (kind, field, value, id)
) WITHOUT ROWID;

CREATE TABLE bytes (
  id TEXT PRIMARY KEY, size INTEGER NOT NULL, sha1 TEXT NOT NULL, sha256 TEXT NOT NULL,
  staged INTEGER NOT NULL, adopted INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX bytes_staged ON bytes (staged) WHERE adopted = 0;
`,
];

/** Brings the file to the present tables, each step in a transaction of its own; refuses a file of a newer server. */
export const migrate = (
  database: DatabaseSync,
  log: (message: string) => void,
  steps: readonly string[] = migrations,
): void => {
  const taken = readVersion(database);
  if (taken > steps.length)
    throw new Error(
      `The store has schema version ${String(taken)}, this server knows ${String(steps.length)}: start a newer server.`,
    );
  for (const [place, step] of steps.entries()) {
    if (place < taken) continue;
    if (taken > 0) log(`Migrating the store to schema version ${String(place + 1)}.`);
    take(database, `${step}; PRAGMA user_version = ${String(place + 1)}`);
  }
};

const take = (database: DatabaseSync, step: string): void => {
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(step);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
};

/** The params a table of this kind of entry is asked by; the names of the tables are the kinds. */
export const entryTables = ['token', 'string', 'reference', 'uri', 'date', 'number'] as const;

const readVersion = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()!['user_version']);
