// Too many: what a person who has to wait is told.

import type { PageError } from '../pages/layout.ts';

export const tooMany = (seconds: number): PageError => ({
  text: `There were too many attempts. Try again in ${inWords(seconds)}.`,
});

const inWords = (seconds: number): string =>
  seconds <= 90 ? `${String(seconds)} seconds` : `${String(Math.ceil(seconds / 60))} minutes`;
