// UCUM: the library that reads units, loaded when the first unit comes along, because reading its tables takes time.
// https://ucum.org/ucum

import { createRequire } from 'node:module';

/** The part of the library that is used here; it brings no types. */
export interface UcumLibrary {
  validateUnitString(unit: string): { readonly status: string };
  convertToBaseUnits(
    unit: string,
    value: number,
  ): {
    readonly status: string;
    readonly magnitude?: number;
    readonly unitToExp?: Readonly<Record<string, number>>;
  };
}

let loaded: UcumLibrary | undefined;

export const ucumLibrary = (): UcumLibrary => (loaded ??= load());

const load = (): UcumLibrary => {
  const require = createRequire(import.meta.url);
  const { UcumLhcUtils } = require('@lhncbc/ucum-lhc') as {
    readonly UcumLhcUtils: { getInstance(): UcumLibrary };
  };
  return UcumLhcUtils.getInstance();
};

/** Whether a text can be a unit at all. Of others the library complains on standard output, and no unit is so long. */
export const canBeUnit = (text: string): boolean => text.length <= longest && !/\s/.test(text);

const longest = 200;
