// sequence: the order in which things are stored, when several processes store them: by time, then by count, then by process.

import { randomBytes } from 'node:crypto';

/** Each is greater than all before it of this process, and never the same as one of another. 24 characters. */
export type Sequence = () => string;

/**
 * A counter in the store would make every create wait for every other. So processes take the time instead: between two of
 * them the order is as good as their clocks agree, and within one it is strict. The time is milliseconds since 1970 in 12
 * hexadecimal digits, the count 4, the process 8. Texts compare as the numbers they stand for.
 */
export const createSequence = (now: () => number = Date.now): Sequence => {
  const process = randomBytes(4).toString('hex');
  let time = 0;
  let count = 0;
  return () => {
    const present = now();
    if (present > time) {
      time = present;
      count = 0;
    } else count += 1;
    if (count > 0xffff) {
      // More in a millisecond than the digits count: borrow the next one.
      time += 1;
      count = 0;
    }
    return `${time.toString(16).padStart(12, '0')}${count.toString(16).padStart(4, '0')}${process}`;
  };
};
