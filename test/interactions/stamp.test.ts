// What the server gives, put into a resource without moving the client's elements.

import { expect } from 'chai';
import { parseDocument, stringify } from '../../src/fhir/json.ts';
import { stamp } from '../../src/interactions/stamp.ts';

const by = { id: 'new', version: '3', at: Date.UTC(2024, 0, 2, 3, 4, 5, 6) };
const meta = '"meta":{"versionId":"3","lastUpdated":"2024-01-02T03:04:05.006Z"}';
const stamped = (text: string) => stringify(stamp(parseDocument(text, 64), by).exact);

describe('interactions/stamp', () => {
  it('puts id and meta behind the type when there are none', () => {
    expect(stamped('{"active":true,"resourceType":"Patient"}')).to.equal(
      `{"resourceType":"Patient","id":"new",${meta},"active":true}`,
    );
  });

  it('leaves them where they are', () => {
    expect(stamped('{"resourceType":"Patient","active":true,"meta":{},"id":"old"}')).to.equal(
      `{"resourceType":"Patient","active":true,${meta},"id":"new"}`,
    );
  });

  it('keeps what else is in meta, in its place', () => {
    const given = '"meta":{"lastUpdated":"2001-01-01","source":"urn:x","versionId":"9"}';

    expect(stamped(`{"resourceType":"Patient","id":"new",${given}}`)).to.equal(
      '{"resourceType":"Patient","id":"new","meta":' +
        '{"lastUpdated":"2024-01-02T03:04:05.006Z","source":"urn:x","versionId":"3"}}',
    );
  });

  it('leaves what is no meta to the validation', () => {
    for (const wrong of ['"x"', 'null', '[]'])
      expect(stamped(`{"resourceType":"Patient","meta":${wrong},"id":"1"}`)).to.equal(
        `{"resourceType":"Patient","meta":${wrong},"id":"new"}`,
      );
  });

  it('keeps the digits of numbers and changes nothing it was given', () => {
    const document = parseDocument('{"resourceType":"Basic","x":1.10}', 64);
    const { plain, exact } = stamp(document, by);

    expect(stringify(exact)).to.contain('"x":1.10');
    expect(plain['x']).to.equal(1.1);
    expect(document.plain).not.to.have.property('id');
  });

  it('keeps one object when plain and exact are one', () => {
    const { plain, exact } = stamp(parseDocument('{"resourceType":"Basic"}', 64), by);

    expect(plain).to.equal(exact);
  });
});
