// The identifier system of a network, as its server tells it by FHIR.

import { expect } from 'chai';
import type { NamingSystem } from 'fhir/r4.js';
import type { Caller } from '#src/access/caller.ts';
import { namingSystemId, publishNamingSystem } from '#src/health-id/naming-system.ts';
import { openMemoryStore } from '#test/support/memory-store/open.ts';
import { base, openInside } from '#test/support/rights.ts';

const callers: readonly Caller[] = [
  {
    ...{ client: 'portal', token: 'test', user: 'p', role: 'patient', patient: 'one' },
    ...{ fhirUser: 'Patient/one', scopes: ['patient/*.cruds', 'user/*.rs'] },
  },
  {
    ...{ client: 'desk', token: 'test', user: 'd', role: 'desk', organization: 'Organization/a' },
    ...{ fhirUser: 'Practitioner/d', scopes: ['user/*.cruds'] },
  },
];
const address = `NamingSystem/${namingSystemId}`;

describe('the naming system of health IDs', () => {
  const inside = openInside(openMemoryStore());
  const publish = (system: string) => publishNamingSystem(system, inside.context, base);
  const version = async () => {
    const { json } = await inside.by()('GET', address);
    return (json as NamingSystem).meta!.versionId;
  };

  it('names the system that the server is set to as its preferred uri', async () => {
    await publish('urn:oid:1.2.36.146');

    const { json } = await inside.by()('GET', address);

    expect((json as NamingSystem).uniqueId).to.deep.equal([
      { type: 'uri', value: 'urn:oid:1.2.36.146', preferred: true },
    ]);
  });

  it('is found by a search, by a patient and by staff', async () => {
    const found = await Promise.all(
      callers.map((caller) => inside.as(caller)('GET', 'NamingSystem?kind=identifier&type=NI')),
    );

    expect(found.map(({ keys }) => keys)).to.deep.equal([[address], [address]]);
  });

  it('is written again only where it says something else', async () => {
    const first = await version();
    await publish('urn:oid:1.2.36.146');
    const same = await version();
    await publish('https://other.example/uhid');

    expect(same).to.equal(first);
    expect(await version()).to.not.equal(first);
  });

  it('is nobody’s to change who has signed in', async () => {
    const answers = await Promise.all(
      callers.map((caller) => inside.as(caller)('DELETE', address)),
    );

    expect(answers.map(({ status }) => status)).to.deep.equal([403, 403]);
  });
});
