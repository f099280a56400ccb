// Level: how narrow a rule is. Among rules about the same record, narrower beats wider, and else deny beats permit.

import type { Provision } from './provision.ts';

export interface Level {
  /** What it is about: 0 everything, 1 a kind or type, 2 codes, 3 single resources; half more with a time or a label of the data. */
  readonly data: number;
  /** Whom it names: 0 nobody, 1 an organization, 2 a person or a person's role. */
  readonly actor: number;
}

/** Whether `one` is wider than `other`: in no respect narrower, and in some less narrow. */
export const isWider = (one: Level, other: Level): boolean =>
  one.data <= other.data &&
  one.actor <= other.actor &&
  (one.data < other.data || one.actor < other.actor);

export const dataLevel = ({
  references,
  codes,
  classes,
  labels,
  dataPeriod,
}: Omit<Provision, 'exceptions'>): number => {
  const base = references.length > 0 ? 3 : codes.length > 0 ? 2 : classes.length > 0 ? 1 : 0;
  return base + (labels.length > 0 || dataPeriod !== undefined ? 0.5 : 0);
};
