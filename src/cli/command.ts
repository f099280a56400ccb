// Command: what one word of the program does, and what it may use of the world around it.

import type { Screen } from './progress.ts';
import type { Pause } from './server.ts';
import type { Words } from './words.ts';

/** Gives the exit code. */
export type Command = (words: Words, surroundings: Surroundings) => Promise<number>;

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where results go. */
  readonly print: (text: string) => void;
  /** Where progress goes. */
  readonly screen: Screen;
  /** Somebody wants it to stop. */
  readonly signal: AbortSignal;
  /** Without it, time itself. */
  readonly pause?: Pause;
}
