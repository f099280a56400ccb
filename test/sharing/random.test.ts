// Random Consents about few patients, so that they meet: each caller finds and reads exactly what the rules let, by brute force.

import { expect } from 'chai';
import type { Caller } from '#src/access/caller.ts';
import { oracleFor, keyOf } from '#test/access/support/oracle.ts';
import { randomWorld } from '#test/access/support/world.ts';
import { engines, type Engine } from '#test/contract/support/engines.ts';
import { chanceOf } from '#test/support/chance.ts';
import { openInside } from '#test/support/rights.ts';

const isLong = process.env['LONG'] !== undefined;
const scope = { context: 'user', type: '*', rights: 'rs' } as const;
const ofSystem = { ...scope, context: 'system' } as const;

const callers: readonly Caller[] = (['h1', 'h2'] as const).flatMap((hospital) => {
  const common = {
    ...{ client: 'app', token: 'token', scopes: ['user/*.rs'] },
    organization: `Organization/${hospital}`,
  };
  return [
    { ...common, role: 'clinician', fhirUser: 'Practitioner/d1' },
    { ...common, role: 'clinician', fhirUser: 'Practitioner/d2', purposes: ['HRESCH'] },
    { ...common, role: 'pharmacist', fhirUser: 'Practitioner/d1' },
    { ...common, role: 'system', scopes: ['system/*.rs'] },
  ] as const;
});

const tryWorld = async (engine: Engine, seed: number): Promise<void> => {
  const world = randomWorld(chanceOf(seed));
  const opened = await engine.open();
  try {
    const inside = openInside(opened.store);
    for (const { resource, custodian, deleted } of world) {
      await inside.by(custodian)('PUT', keyOf(resource), { body: resource });
      if (deleted) await inside.by()('DELETE', keyOf(resource));
    }
    for (const caller of callers) {
      const scopes = [caller.role === 'system' ? ofSystem : scope];
      const oracle = oracleFor(caller, scopes, world);
      const wanted = world
        .filter((kept) => !kept.deleted && oracle.sees(kept, 's'))
        .map(({ resource }) => keyOf(resource));
      const words = `seed ${String(seed)}: ${JSON.stringify(caller)}`;

      const { keys } = await inside.as(caller)('GET', '?_count=500');

      expect([...keys].sort(), words).to.deep.equal([...wanted].sort());
    }
  } finally {
    await opened.close();
  }
};

describe('sharing, whatever the Consents say', () => {
  for (const engine of engines)
    it(`finds on ${engine.name} exactly what the rules let`, async function () {
      this.timeout(isLong ? 3_600_000 : 240_000);
      const worlds = isLong
        ? 500
        : engine.name === 'memory'
          ? 40
          : engine.name === 'sqlite'
            ? 15
            : 3;
      for (let seed = 1000; seed < 1000 + worlds; seed += 1) await tryWorld(engine, seed);
    });
});
