// write-bytes: the rows of staged bytes, written inside the writer's transaction.

import type { Connection } from './connection.ts';
import type { Job } from './jobs.ts';

/** The ids whose rows are gone and whose files may go. */
export const writeBytes = (
  connection: Connection,
  job: Extract<Job, { op: 'stage' | 'sweep' | 'discard' }>,
): readonly string[] => {
  if (job.op === 'stage') {
    const { id, size, sha1, sha256 } = job.staged;
    connection.run(
      'INSERT INTO bytes (id, size, sha1, sha256, staged, adopted) VALUES (?, ?, ?, ?, ?, 0)',
      [id, size, sha1, sha256, job.at],
    );
    return [];
  }
  if (job.op === 'discard') {
    const remove = 'DELETE FROM bytes WHERE adopted = 0 AND id = ? RETURNING id';
    return job.ids.filter((id) => connection.row(remove, [id]) !== undefined);
  }
  const swept = connection.all('SELECT id FROM bytes WHERE adopted = 0 AND staged < ?', [
    job.before,
  ]);
  connection.run('DELETE FROM bytes WHERE adopted = 0 AND staged < ?', [job.before]);
  return swept.map(([id]) => String(id));
};
