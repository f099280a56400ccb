// Measured: the things that have been measured, each once with its newest value: the ways into their trends.

import type { Observation } from 'fhir/r4';
import { codeKeyOf } from '@meridian/ui/record/test-key.ts';

export interface Measured {
  /** `system|code`, as it is searched for. */
  readonly code: string;
  readonly latest: Observation;
}

/** Newest first in, so the first of each code is the newest. What has no code or no number has no trend. */
export const measuredIn = (observations: readonly Observation[]): readonly Measured[] => {
  const found = new Map<string, Measured>();
  for (const latest of observations) {
    const code = codeKeyOf(latest.code);
    if (code === undefined || !isNumeric(latest) || found.has(code)) continue;
    found.set(code, { code, latest });
  }
  return [...found.values()];
};

/** The one that is drawn first; it is asked for before anything of the record is known. Two panels of LOINC mean it. */
export const bloodPressure = ['85354-9', '55284-4']
  .map((code) => `http://loinc.org|${code}`)
  .join(',');

/** Nothing chosen: blood pressure where there is any, else whatever was measured last. */
export const drawnOf = (chosen: string | undefined, measured: readonly Measured[]): string => {
  if (chosen !== undefined) return chosen;
  const isMeasured = measured.some(({ code }) => isDrawn(code, bloodPressure));
  return isMeasured ? bloodPressure : (measured[0]?.code ?? bloodPressure);
};

/** Whether what is drawn is the trend of this code. */
export const isDrawn = (code: string, drawn: string): boolean => drawn.split(',').includes(code);

const isNumeric = ({ valueQuantity, component = [] }: Observation): boolean =>
  valueQuantity?.value !== undefined ||
  component.some((part) => part.valueQuantity?.value !== undefined);
