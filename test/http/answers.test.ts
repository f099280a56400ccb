// What every answer has, whatever is asked: security headers, compression, charset, an outcome for what is not there.
// https://hl7.org/fhir/R4/http.html#general

import { expect } from 'chai';
import request from 'supertest';
import { startServer, type TestServer } from '../support/server.ts';

for (const express of [false, true])
  describe(`answers${express ? ' of Express alone' : ''}`, () => {
    let server: TestServer;
    before(async function () {
      this.timeout(60_000);
      server = await startServer({ express });
      await request(server.url)
        .put('/fhir/Patient/p')
        .type('application/fhir+json')
        .send({ resourceType: 'Patient', id: 'p', name: [{ text: 'é'.repeat(4000) }] });
    });
    after(() => server.close());

    it('carry security headers and do not name Express', async () => {
      for (const path of ['/fhir/Patient/p', '/fhir/metadata', '/fhir/nonsense', '/healthz']) {
        const { headers } = await request(server.url).get(path);
        expect(headers['x-content-type-options'], path).to.equal('nosniff');
        expect(headers, path).not.to.have.property('x-powered-by');
      }
    });

    it('are FHIR’s JSON in UTF-8', async () => {
      await request(server.url)
        .get('/fhir/Patient/p')
        .expect(200)
        .expect('content-type', /^application\/fhir\+json; ?charset=utf-8$/i);
    });

    for (const encoding of ['gzip', 'br'])
      it(`are packed by ${encoding} when the client takes it`, async () => {
        const answer = await request(server.url)
          .get('/fhir/Patient/p')
          .set('accept-encoding', encoding);
        expect(answer.headers['content-encoding']).to.equal(encoding);
        expect(answer.headers['vary']).to.match(/accept-encoding/i);
      });

    it('are plain when the client takes nothing packed', async () => {
      const answer = await request(server.url)
        .get('/fhir/Patient/p')
        .set('accept-encoding', 'identity');
      expect(answer.headers).not.to.have.property('content-encoding');
    });

    it('to HEAD have the headers of GET and no body', async () => {
      const get = await request(server.url)
        .get('/fhir/Patient/p')
        .set('accept-encoding', 'identity');
      const head = await request(server.url)
        .head('/fhir/Patient/p')
        .set('accept-encoding', 'identity');
      expect(head.status).to.equal(200);
      expect(head.headers['etag']).to.equal(get.headers['etag']);
      expect(head.body).to.deep.equal({});
    });

    it('beside the FHIR base are 404', async () => {
      await request(server.url).get('/nonsense').expect(404);
    });
  });
