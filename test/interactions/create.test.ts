// Create.
// https://hl7.org/fhir/R4/http.html#create

import { expect } from 'chai';
import { ask } from '../support/ask.ts';
import { startServer, type TestServer } from '../support/server.ts';

const patient = (family: string, more: object = {}) => ({
  resourceType: 'Patient',
  name: [{ family }],
  ...more,
});

describe('interactions/create', () => {
  let server: TestServer;
  before(async () => (server = await startServer()));
  after(() => server.close());
  const post = (body: object | string, headers = {}) =>
    ask(`${server.base}/Patient`, { method: 'POST', body, headers });

  it('answers 201 with the resource, its version, its time and where it is', async () => {
    const { status, headers, json } = await post(patient('A'));

    expect(status).to.equal(201);
    expect(headers['location']).to.equal(`${server.base}/Patient/${json.id}/_history/1`);
    expect(headers['etag']).to.equal('W/"1"');
    expect(Date.parse(headers['last-modified']!)).to.be.closeTo(
      Date.parse(json.meta.lastUpdated),
      1000,
    );
    expect(json).to.deep.include({ resourceType: 'Patient', name: [{ family: 'A' }] });
    expect(json.meta.versionId).to.equal('1');
  });

  it('gives its own id, version and time whatever the client sends', async () => {
    const meta = { versionId: '77', lastUpdated: '2001-01-01T00:00:00Z', source: 'urn:x' };
    const { json } = await post(patient('B', { id: 'mine', meta }));

    expect(json.id).not.to.equal('mine');
    expect(json.meta).to.include({ versionId: '1', source: 'urn:x' });
    expect(json.meta.lastUpdated).not.to.equal(meta.lastUpdated);
  });

  it('keeps the order of the elements and the digits of decimals', async () => {
    const sent =
      '{"extension":[{"url":"http://x","valueDecimal":1.10}],"resourceType":"Patient","active":true}';
    const created = await post(sent, { 'content-type': 'application/fhir+json' });
    const { text } = await ask(created.headers['location']!);

    expect(created.status).to.equal(201);
    expect(text).to.match(
      /"extension":\[\{"url":"http:\/\/x","valueDecimal":1\.10\}\],"active":true\}$/,
    );
  });

  it('answers as Prefer: return asks', async () => {
    const minimal = await post(patient('C'), { prefer: 'return=minimal' });
    const outcome = await post(patient('C'), { prefer: 'return=OperationOutcome' });

    expect(minimal).to.include({ status: 201, text: '' });
    expect(minimal.headers).to.include.keys('location', 'etag', 'last-modified');
    expect(outcome.json.resourceType).to.equal('OperationOutcome');
  });

  it('answers 422 with every fault of the resource and stores nothing', async () => {
    const { status, json } = await post(patient('Bad', { birthDate: 'soon', gender: 'yes' }));
    const found = await ask(`${server.base}/Patient?name=Bad`);

    expect(status).to.equal(422);
    expect(
      json.issue.map((issue: { expression: string[] }) => issue.expression[0]),
    ).to.include.members(['Patient.birthDate', 'Patient.gender']);
    expect(found.json).not.to.have.property('entry');
  });

  it('answers 422 when meta is none', async () => {
    for (const meta of ['x', null, []])
      expect((await post(patient('Bad', { meta }))).status).to.equal(422);
  });

  it('answers 400 when the body is of another type than the address', async () => {
    const { status, json } = await ask(`${server.base}/Observation`, {
      method: 'POST',
      body: patient('D'),
    });

    expect(status).to.equal(400);
    expect(json.issue[0].diagnostics).to.contain('Observation').and.to.contain('Patient');
  });

  it('answers 400 when there is no body', async () => {
    expect((await ask(`${server.base}/Patient`, { method: 'POST' })).status).to.equal(400);
  });

  describe('with If-None-Exist', () => {
    const identified = (value: string) =>
      patient('E', { identifier: [{ system: 'urn:s', value }] });
    const criteria = (value: string) => ({ 'if-none-exist': `identifier=urn:s|${value}` });

    it('creates when nothing matches, and finds it the next time', async () => {
      const first = await post(identified('1'), criteria('1'));
      const second = await post(identified('1'), criteria('1'));

      expect([first.status, second.status]).to.deep.equal([201, 200]);
      expect(second.json).to.deep.equal(first.json);
      expect(second.headers['etag']).to.equal('W/"1"');
    });

    it('says which resource was found, also to who wants nothing more back', async () => {
      const made = await post(identified('4'));
      const found = await post(identified('4'), { ...criteria('4'), prefer: 'return=minimal' });

      expect(found).to.include({ status: 200, text: '' });
      expect(found.headers['location']).to.equal(made.headers['location']);
    });

    it('answers 412 when several match', async () => {
      await Promise.all([post(identified('2')), post(identified('2'))]);

      expect((await post(identified('2'), criteria('2'))).status).to.equal(412);
    });

    it('makes one of sixteen at once', async () => {
      const tries = Array.from({ length: 16 }, () => post(identified('3'), criteria('3')));
      const answers = await Promise.all(tries);
      const { json } = await ask(`${server.base}/Patient?identifier=urn:s|3`);

      expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([
        ...Array.from({ length: 15 }, () => 200),
        201,
      ]);
      expect(json.entry).to.have.length(1);
    });

    for (const wrong of ['', 'nonsense=1', '_count=1', 'identifier='])
      it(`answers 400 for the criteria '${wrong}'`, async () => {
        expect((await post(patient('F'), { 'if-none-exist': wrong })).status).to.equal(400);
      });
  });
});
