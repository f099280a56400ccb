// Whatever is asked, a Consent shows what it shares and no more, and for as long as it stands; on every engine.

import { expect } from 'chai';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { openInside, type Inside, type Send } from '#test/support/rights.ts';
import { caller, consent, hospitals, load, seenBy, to, type Given } from './support/world.ts';

const kinds = (...named: readonly string[]): Given => ({
  ...{ type: 'permit', to: [hospitals.b], kinds: named },
});

for (const engine of engines)
  describe(`what is not shared, on ${engine.name}`, function () {
    this.timeout(120_000);
    let opened: Opened;
    let inside: Inside;
    let send: Send;

    const give = async (given: Given, id = 'given'): Promise<void> => {
      const body = { ...consent(given), id };
      const { status, text } = await inside.by('Patient/x')('PUT', `Consent/${id}`, { body });
      expect(status, text).to.be.oneOf([200, 201]);
    };
    const keysOf = async (address: string): Promise<readonly string[]> =>
      [...(await send('GET', address)).keys].sort();
    const statusOf = async (address: string): Promise<number> =>
      (await send('GET', address)).status;

    beforeEach(async () => {
      opened = await engine.open();
      inside = openInside(opened.store);
      // One caller, as one token is.
      send = inside.as(caller());
      await load(inside);
    });
    afterEach(() => opened.close());

    it('is in no include, chain, reverse chain, total or compartment', async () => {
      await give(kinds('documents'));

      expect(await keysOf('DocumentReference?_include=*&_include:iterate=*')).to.include.members([
        ...['DocumentReference/doc', 'DocumentReference/doc2', 'Patient/x'],
      ]);
      expect(await keysOf('Patient?_revinclude=*:*&_count=50')).to.deep.equal([
        ...['DocumentReference/doc', 'DocumentReference/doc2', 'Patient/x'],
      ]);
      expect(await keysOf('Patient?_has:Condition:patient:_id=ill')).to.deep.equal([]);
      expect(await keysOf('Patient?_has:DocumentReference:patient:_id=doc')).to.deep.equal([
        'Patient/x',
      ]);
      expect(await keysOf('Observation?subject:Patient.family=Xu')).to.deep.equal([]);
      expect(await keysOf('DocumentReference?subject:Patient.family=Xu')).to.have.length(2);
      expect(await keysOf('Patient/x/*?_count=50')).to.deep.equal([
        ...['DocumentReference/doc', 'DocumentReference/doc2', 'Patient/x'],
      ]);
      const { json } = await send('GET', '?_summary=count&_type=Observation,DocumentReference');
      expect((json as { total: number }).total).to.equal(2);
    });

    it('is in no $everything, history or batch', async () => {
      await give(kinds('conditions'));
      const entry = ['Observation/lab', 'Condition/ill', 'Observation'].map((url) => ({
        request: { method: 'GET', url },
      }));

      const everything = await keysOf('Patient/x/$everything');
      const { json } = await send('POST', '', {
        body: { resourceType: 'Bundle', type: 'batch', entry },
      });

      const clinical = everything.filter((key) => !/^(Organization|Practitioner)/.test(key));
      expect(clinical).to.deep.equal(['Condition/ill', 'Patient/x']);
      const counted = await send('GET', 'Patient/x/$everything?_summary=count');
      expect((counted.json as { total: number }).total).to.equal(2);
      const answers = (json as { entry: { response: { status: string }; resource?: object }[] })
        .entry;
      expect(answers.map(({ response }) => response.status.slice(0, 3))).to.deep.equal([
        ...['404', '200', '200'],
      ]);
      expect(JSON.stringify(answers[2]!.resource)).not.to.contain('Observation/');
      expect(await statusOf('Observation/lab/_history')).to.equal(404);
      expect(await statusOf('Condition/ill/_history')).to.equal(200);
      expect(await keysOf('Observation/_history')).to.deep.equal([]);
      expect(await keysOf('Condition/_history')).to.deep.equal(['Condition/ill']);
    });

    it('is no file of what is not shared', async () => {
      await give({ type: 'permit', to: [hospitals.b], data: ['DocumentReference/doc'] });

      expect(await statusOf('Binary/file')).to.equal(200);
      expect(await statusOf('Binary/file2')).to.equal(404);
    });

    it('ends for the same token with the next request', async () => {
      await give(kinds('documents'));
      const before = [await statusOf('DocumentReference/doc'), await statusOf('Binary/file')];
      await give({ ...kinds('documents'), status: 'inactive' });
      const after = [await statusOf('DocumentReference/doc'), await statusOf('Binary/file')];

      expect(before).to.deep.equal([200, 200]);
      expect(after).to.deep.equal([404, 404]);
      expect(await seenBy(inside, caller())).to.deep.equal([]);
    });

    it('stays gone for who has named a shared file in a document of the own', async () => {
      await give(kinds('documents'));
      const body = {
        ...{ resourceType: 'DocumentReference', status: 'current', subject: to('Patient/x') },
        content: [{ attachment: { url: 'Binary/file' } }],
      };

      const { status } = await send('POST', 'DocumentReference', { body });

      expect(status).to.equal(403);
    });

    it('is never written by who may read it', async () => {
      await give({ type: 'permit', to: [hospitals.b] });
      const body = (await send('GET', 'Condition/ill')).json as object;

      const updated = await send('PUT', 'Condition/ill', { body });
      const deleted = await send('DELETE', 'Condition/ill');
      const patient = await send('PUT', 'Patient/x', {
        body: { resourceType: 'Patient', id: 'x' },
      });

      expect([updated.status, deleted.status, patient.status]).to.deep.equal([403, 403, 403]);
    });

    it('was never the patient’s, when the record is put right', async () => {
      await give(kinds('results'));
      const moved = { ...((await send('GET', 'Observation/lab')).json as object) };
      await inside.by(hospitals.a)('PUT', 'Observation/lab', {
        body: { ...moved, subject: to('Patient/y') },
      });

      expect(await statusOf('Observation/lab')).to.equal(404);
      expect(await statusOf('Observation/lab/_history/1')).to.equal(404);
    });

    it('cannot be hidden by another patient', async () => {
      await give({ type: 'permit', to: [hospitals.b] });
      const body = consent({ about: 'Patient/y', type: 'deny', data: ['DocumentReference/doc'] });
      const y = caller({
        ...{ role: 'patient', fhirUser: 'Patient/y', patient: 'y', scopes: ['patient/*.cruds'] },
      });

      const { status } = await inside.as({ ...y, organization: undefined! })('POST', 'Consent', {
        body,
      });

      expect(status).to.equal(403);
      expect(await statusOf('DocumentReference/doc')).to.equal(200);
    });

    it('moves with the patient who is merged into another', async () => {
      const network = inside.as(caller({ role: 'network', scopes: ['system/*.cruds'] }));
      await give(kinds('conditions'));
      const parameter = ['source', 'target'].map((name) => ({
        name: `${name}-patient`,
        valueReference: to(name === 'source' ? 'Patient/x' : 'Patient/y'),
      }));

      const { status, text } = await network('POST', 'Patient/$merge', {
        body: { resourceType: 'Parameters', parameter },
      });

      expect(status, text).to.equal(200);
      expect(await statusOf('Condition/ill')).to.equal(200);
      expect(await statusOf('Observation/other')).to.equal(404);
    });
  });
