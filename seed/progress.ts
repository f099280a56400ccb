// Progress: how far the seeding is, as a bar where somebody watches and as a line at each tenth where it goes into a log.

import type { WriteStream } from 'node:tty';

export interface Reached {
  readonly patients: number;
  readonly of: number;
  /** Resources written so far; those that were there already do not count. */
  readonly written: number;
}

export type Screen = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean };

const width = 30;

export const createProgress = (screen: Screen): ((reached: Reached) => void) => {
  let told = 0;
  return (reached) => {
    if (screen.isTTY === true) screen.write(`\r\u001b[K${barOf(reached)}`);
    else if (tenthOf(reached) > told) screen.write(`${barOf(reached)}\n`);
    told = tenthOf(reached);
  };
};

const tenthOf = ({ patients, of }: Reached): number => Math.floor((patients / of) * 10);

export const barOf = ({ patients, of, written }: Reached): string => {
  const full = Math.floor((patients / of) * width);
  const bar = '█'.repeat(full) + '░'.repeat(width - full);
  const percent = String(Math.floor((patients / of) * 100)).padStart(3);
  return `${bar} ${percent} %  ${patients} of ${of} patients, ${written} new resources`;
};
