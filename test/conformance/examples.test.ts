// Every official example, and those of US Core and IPS, comes back as it was sent: names in order, digits kept.
// https://hl7.org/fhir/R4/http.html#update

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { outcomeOf } from '../support/client.ts';
import { clientsText } from '../support/exact.ts';
import { liveServer, long } from '../support/live.ts';
import { describeShared, shared } from '../support/shared.ts';
import { exceptions } from './exceptions.ts';

const packaged = dirname(
  createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'),
);
/** Definitional resources are nine in ten of the package; a quick run takes each twentieth of them. */
const definitional =
  /^(SearchParameter|ValueSet|CodeSystem|StructureDefinition|ConceptMap|OperationDefinition)-/;

interface Example {
  readonly resourceType: string;
  readonly id: string;
}

const jsonFiles = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /^[A-Z].*\.json$/.test(name))
    .sort()
    .map((name) => join(folder, name));

const sample = (files: readonly string[]): readonly string[] =>
  long
    ? files
    : files.filter(
        (file, place) => !definitional.test(file.slice(packaged.length + 1)) || place % 20 === 0,
      );

describe('official examples', () => {
  const server = liveServer();

  const roundTrip = async (files: readonly string[]): Promise<void> => {
    const faults: string[] = [];
    const waiting = [...files];
    const worker = async (): Promise<void> => {
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
        const fault = await faultOf(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
        if (fault !== undefined) faults.push(fault);
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    expect(faults, `${String(faults.length)} of ${String(files.length)}`).to.deep.equal([]);
  };

  const faultOf = async (text: string): Promise<string | undefined> => {
    const { resourceType, id } = JSON.parse(text) as Example;
    const path = `${resourceType}/${id}`;
    const put = await server.put(path, text);
    const exception = exceptions.get(path);
    if (exception !== undefined) {
      return put.status === exception.status
        ? undefined
        : `${path}: ${String(put.status)}, no exception any more`;
    }
    if (put.status !== 200 && put.status !== 201)
      return `PUT ${path}: ${String(put.status)} ${JSON.stringify(outcomeOf(put).issue.slice(0, 3))}`;
    const got = await server.get(path);
    if (got.status !== 200) return `GET ${path}: ${String(got.status)}`;
    if (resourceType === 'Binary') return undefined;
    const sent = clientsText(text);
    const stored = clientsText(got.text);
    return sent === stored ? undefined : `${path}: ${difference(sent, stored)}`;
  };

  const difference = (sent: string, stored: string): string => {
    let place = 0;
    while (sent[place] === stored[place]) place += 1;
    const from = Math.max(0, place - 40);
    return `sent …${sent.slice(from, place + 60)}… stored …${stored.slice(from, place + 60)}…`;
  };

  it('of the npm package round trip losslessly', async function () {
    this.timeout(3_600_000);
    await roundTrip(sample(jsonFiles(packaged)));
  });

  describeShared('beside the project', () => {
    for (const folder of [
      ['r4-examples', 'instances'],
      ['us-core', 'examples-6.1.0'],
      ['ips', 'examples'],
    ])
      it(`${folder.join('/')} round trip losslessly`, async function () {
        this.timeout(600_000);
        await roundTrip(jsonFiles(shared(...folder)));
      });
  });
});

describe('what a client may legally write', () => {
  const server = liveServer();

  const comesBack = async (resource: string): Promise<void> => {
    const { resourceType } = JSON.parse(resource) as Example;
    const id = `exact-${String(Math.random()).slice(2)}`;
    const text = resource.replace(/^\{/, `{"id":"${id}",`);
    const put = await server.put(`${resourceType}/${id}`, text);
    expect(put.status, put.text).to.equal(201);

    const got = await server.get(`${resourceType}/${id}`);

    expect(clientsText(got.text)).to.equal(clientsText(text));
  };

  const patient = (rest: string): string => `{"resourceType":"Patient",${rest}}`;
  const observation = (value: string): string =>
    `{"resourceType":"Observation","status":"final","code":{"text":"x"},${value}}`;

  it('keeps the digits of decimals', () =>
    comesBack(
      observation(
        '"component":[1.0,1.10,100,0.000000000000000001,-0.0,1e3,1.20E-2,123456789012345678901234567890.123]'.replaceAll(
          /-?[\d.]+(?:[eE][-+]?\d+)?/g,
          (digits) => `{"code":{"text":"x"},"valueQuantity":{"value":${digits}}}`,
        ),
      ),
    ));
  it('keeps elements in the order sent', () =>
    comesBack(patient('"gender":"male","active":true,"name":[{"given":["A"],"family":"B"}]')));
  it('keeps null padding in arrays of primitives and their siblings', () =>
    comesBack(
      patient(
        '"name":[{"given":["A",null,"C"],"_given":[null,{"extension":[{"url":"http://x.example/a","valueString":"y"}]},null]}]',
      ),
    ));
  it('keeps a primitive that has an extension and no value', () =>
    comesBack(
      patient(
        '"_birthDate":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}',
      ),
    ));
  it('keeps an id on a primitive', () =>
    comesBack(patient('"birthDate":"1970-01","_birthDate":{"id":"b"}')));
  it('keeps text of every script, emoji and combining marks', () =>
    comesBack(
      patient('"name":[{"text":"प्रिया शर्मा 李雷 Ωμέγα e\u0301 👩🏽‍⚕️ \\u00e9 \\"q\\" \\\\ / \\/"}]'),
    ));
  it('keeps a no-break space', () => comesBack(patient('"name":[{"text":"A\u00a0B"}]')));
  it('keeps meta elements that are the client’s', () =>
    comesBack(
      patient(
        '"meta":{"source":"http://a.example#b","profile":["http://hl7.org/fhir/StructureDefinition/Patient"],"tag":[{"system":"http://t.example","code":"x"}]}',
      ),
    ));
  it('keeps contained resources and fragments', () =>
    comesBack(
      patient(
        '"contained":[{"resourceType":"Organization","id":"o","name":"O"}],"managingOrganization":{"reference":"#o"}',
      ),
    ));

  it('replaces the client’s versionId and lastUpdated by its own', async () => {
    const made = await server.post('Patient', {
      resourceType: 'Patient',
      meta: { versionId: '77', lastUpdated: '1999-01-01T00:00:00Z' },
    });

    const { meta } = JSON.parse(made.text) as { meta: { versionId: string; lastUpdated: string } };
    expect(meta.versionId).to.equal('1');
    expect(Date.parse(meta.lastUpdated)).to.be.greaterThan(Date.parse('2020-01-01'));
  });
});
