// spell-identifiers: health IDs in a search as people write them become what is stored, and a typing error is told.

import type { Issue } from '../fhir/problem.ts';
import type { SpellIdentifiers } from '../interactions/types.ts';
import { readNumber } from './number.ts';

/**
 * In every parameter about identifiers, chained ones included. That a check digit does not fit is arithmetic: it tells nothing of
 * who is known.
 */
export const createSpellIdentifiers =
  (system: string): SpellIdentifiers =>
  (query) => {
    if (!query.some(([name, value]) => isAbout(name, value, system))) return { query, issues: [] };
    const issues: Issue[] = [];
    const spelt = query.map(([name, value]): readonly [string, string] => {
      if (!isAbout(name, value, system)) return [name, value];
      const values = value.split(',').map((each) => {
        const [, typed] = each.split(`${system}|`);
        if (!each.startsWith(`${system}|`) || !typed) return each;
        const reading = readNumber(typed);
        if (reading.ok) return `${system}|${reading.number}`;
        issues.push(warning(name, reading.fault));
        return each;
      });
      return [name, values.join(',')];
    });
    return { query: spelt, issues };
  };

const isAbout = (name: string, value: string, system: string): boolean =>
  name.includes('identifier') && value.includes(`${system}|`);

const warning = (name: string, fault: string): Issue => ({
  ...{ severity: 'warning', code: 'value' },
  diagnostics: `Parameter '${name}': ${fault}`,
});
