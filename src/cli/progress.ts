// Progress: how far a run is, as a bar where somebody watches, and as a line for each file where it goes into a log.

import type { WriteStream } from 'node:tty';
import type { Result } from './outcome.ts';

export interface Progress {
  /** How many bytes of the file at this place are with the server. */
  reached(place: number, bytes: number): void;
  done(result: Result): void;
  /** Takes the bar away. */
  end(): void;
}

export interface Total {
  readonly files: number;
  readonly bytes: number;
}

export type Screen = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean };

const everyMilliseconds = 100;
const width = 30;

export const createProgress = (
  screen: Screen,
  total: Total,
  now: () => number = Date.now,
): Progress => {
  const bytes = new Map<number, number>();
  let [files, drawn] = [0, 0];
  const isWatched = screen.isTTY === true;
  const draw = (): void => {
    const sent = [...bytes.values()].reduce((sum, each) => sum + each, 0);
    screen.write(`\r\u001b[K${barOf({ files, bytes: sent }, total)}`);
    drawn = now();
  };
  return {
    reached: (place, count) => {
      bytes.set(place, count);
      if (isWatched && now() - drawn >= everyMilliseconds) draw();
    },
    done: ({ outcome, file }) => {
      files += 1;
      if (isWatched) draw();
      else screen.write(`${String(files)}/${String(total.files)} ${outcome} ${file}\n`);
    },
    end: () => {
      if (isWatched) screen.write('\r\u001b[K');
    },
  };
};

export const barOf = (reached: Total, total: Total): string => {
  const part =
    total.bytes === 0 ? reached.files / Math.max(1, total.files) : reached.bytes / total.bytes;
  const full = Math.round(Math.min(1, part) * width);
  const bar = '█'.repeat(full) + '░'.repeat(width - full);
  const percent = String(Math.floor(Math.min(1, part) * 100)).padStart(3);
  const files = `${String(reached.files)}/${String(total.files)} files`;
  return `${bar} ${percent} %  ${files}  ${megabytes(reached.bytes)} of ${megabytes(total.bytes)}`;
};

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
