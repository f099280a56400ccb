// The floors of the same run: a bare Express that answers 2 KB, and a bare SQLite that reads 2 KB by key.

import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import express from 'express';

const document = JSON.stringify({ resourceType: 'Basic', text: 'x'.repeat(2000) });

/** Reads a second of this process. */
export const sqliteReadsPerSecond = (seconds: number): number => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-floor-'));
  const database = new DatabaseSync(join(folder, 'floor.db'));
  database.exec(
    'PRAGMA journal_mode=WAL; CREATE TABLE document (id TEXT PRIMARY KEY, text TEXT NOT NULL)',
  );
  const insert = database.prepare('INSERT INTO document VALUES (?, ?)');
  database.exec('BEGIN');
  for (let n = 0; n < 10_000; n += 1) insert.run(`p${String(n)}`, document);
  database.exec('COMMIT');
  const select = database.prepare('SELECT text FROM document WHERE id = ?');
  const until = performance.now() + seconds * 1000;
  let reads = 0;
  while (performance.now() < until)
    for (let n = 0; n < 1000; n += 1, reads += 1) select.get(`p${String((reads * 7919) % 10_000)}`);
  database.close();
  rmSync(folder, { recursive: true });
  return reads / seconds;
};

if (import.meta.main) {
  const server = express()
    .disable('x-powered-by')
    .get('/document', (_, response) => {
      response.type('application/fhir+json').send(document);
    })
    .listen(0, '127.0.0.1', () => {
      console.log((server.address() as AddressInfo).port);
    });
}
