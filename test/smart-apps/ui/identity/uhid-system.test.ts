// The identifier system of health IDs, as the apps learn it from their server.

import { expect } from 'chai';
import { FhirFailure } from '../../../../smart-apps/ui/src/fhir/failure.ts';
import { createFhir } from '../../../../smart-apps/ui/src/fhir/client.ts';
import { uhidSystemOf } from '../../../../smart-apps/ui/src/identity/uhid-system.ts';
import { startUnguarded } from '../../../support/child-server.ts';
import { inFolder } from '../../../store/support/folder.ts';
import { recordingFhir } from '../../support/recording-fhir.ts';

const named = (value: string) => ({
  resourceType: 'NamingSystem',
  uniqueId: [
    { type: 'oid', value: '1.2.3' },
    { type: 'uri', value, preferred: true },
  ],
});

describe('the system of health IDs', () => {
  it('is that of the server, whatever its network has set', async function () {
    this.timeout(120_000);
    await inFolder(async (folder) => {
      const system = 'urn:oid:1.2.36.146';
      const server = await startUnguarded(folder, { UHID_SYSTEM: system });
      const token = () => Promise.resolve('none');
      const fhir = createFhir(server.base, { current: token, renewed: token });

      const learned = await uhidSystemOf(fhir);
      await server.end('SIGTERM');

      expect(learned).to.equal(system);
    });
  });

  it('is asked for once', async () => {
    const { fhir, asked } = recordingFhir(() => named('https://a.example/uhid'));

    const systems = await Promise.all([uhidSystemOf(fhir), uhidSystemOf(fhir)]);

    expect(systems).to.deep.equal(['https://a.example/uhid', 'https://a.example/uhid']);
    expect(asked.map(({ path }) => path)).to.deep.equal(['NamingSystem/uhid']);
  });

  it('is asked for again after a failure', async () => {
    let isAway = true;
    const { fhir } = recordingFhir(() => {
      if (isAway) throw new FhirFailure('network', 0);
      return named('https://a.example/uhid');
    });
    await uhidSystemOf(fhir).catch(() => undefined);
    isAway = false;

    expect(await uhidSystemOf(fhir)).to.equal('https://a.example/uhid');
  });
});
