// Event id: the same row always makes resources of the same ids, so that none is stored twice; nobody can count by them.

import { hash } from 'node:crypto';

export interface RowPlace {
  readonly chain: string;
  readonly n: number;
  readonly t: number;
}

/** Begins with the time, as all new ids here do. Of a UUID it has the version for ids of one's own making, 8. */
export const eventId = ({ chain, n, t }: RowPlace, part: number): string => {
  const digest = hash('sha256', `${chain}/${String(n)}/${String(part)}`, 'hex');
  const time = t.toString(16).padStart(12, '0');
  return [
    time.slice(0, 8),
    time.slice(8, 12),
    `8${digest.slice(0, 3)}`,
    `8${digest.slice(3, 6)}`,
    digest.slice(6, 18),
  ].join('-');
};
