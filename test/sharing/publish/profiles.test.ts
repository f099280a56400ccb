// The definitions of uploads are valid and say what the server does.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { OperationDefinition, OperationOutcome } from 'fhir/r4.js';
import { openMemoryStore } from '#test/support/memory-store/open.ts';
import { openInside } from '#test/support/rights.ts';

const read = (name: string): object =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../profiles', `${name}.json`), 'utf8'),
  ) as object;

const operations = ['OperationDefinition-file-upload', 'OperationDefinition-cancel-upload'];

describe('the definitions of uploads', () => {
  const inside = openInside(openMemoryStore());

  for (const name of [...operations, 'CodeSystem-upload-task'])
    it(`${name} is valid`, async () => {
      const type = name.split('-')[0]!;

      const { json } = await inside.by()('POST', `${type}/$validate`, { body: read(name) });

      const { issue } = json as OperationOutcome;
      expect(issue.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    });

  for (const name of operations)
    it(`${name} names only parameters the operation takes`, async () => {
      const { code, parameter = [] } = read(name) as OperationDefinition;
      const body = { resourceType: 'Parameters', parameter: [{ name: 'wrong', valueString: 'x' }] };
      const task = await inside.by()('POST', 'Task', {
        body: { resourceType: 'Task', status: 'requested', intent: 'order' },
      });
      const { id } = task.json as { id: string };

      const { text } = await inside.by()('POST', `Task/${id}/$${code}`, { body });

      const taken = /it takes ([^.]*)\./.exec(text)?.[1]!.split(', ') ?? [];
      const defined = parameter.filter(({ use }) => use === 'in').map((each) => each.name);
      expect(taken).to.deep.equal(defined);
    });
});
