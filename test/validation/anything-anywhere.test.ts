// Whatever stands wherever in a resource, the validation answers: it may find faults, it must not fail.

import { isObject } from '../../src/fhir/resource.ts';
import { readCases, validatorOf } from './validator.ts';

const strange: readonly unknown[] = [
  ...[null, [], {}, '', 'x', '#x', '\u0001', '__proto__', 0, -1, 1.5, 1e300, true],
  ...[[null], [[]], [{}], ['x'], [5], { a: 1 }, { extension: [null] }, { reference: 5 }],
  ...[{ resourceType: 'Patient' }, { resourceType: [] }, [{ url: 5 }], [{ extension: 'x' }]],
];

/** Each resource that differs from the given one in one place. */
function* spoilt(value: unknown): Generator {
  yield* strange;
  if (Array.isArray(value))
    for (const [place, member] of value.entries())
      for (const other of spoilt(member)) yield value.with(place, other);
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value))
    for (const other of spoilt(member)) yield { ...value, [name]: other };
  for (const name of ['_id', 'extension', 'contained', 'meta', 'text', 'constructor'])
    for (const other of strange) yield { ...value, [name]: other };
}

describe('validation of anything anywhere', () => {
  const check = validatorOf();

  for (const [name, base] of Object.entries(readCases('bases.yaml') as Record<string, object>))
    it(`answers for every ${name} with something strange in one place`, async () => {
      for (const resource of spoilt(base))
        if (isObject(resource) && resource['resourceType'] === name) await check(resource);
    });
});
