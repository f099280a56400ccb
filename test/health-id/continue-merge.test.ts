// A merge of more than one commit holds comes to its end, also after an interruption, and can be taken back whole.

import { expect } from 'chai';
import type { Bundle, Observation, Parameters, Patient, Task } from 'fhir/r4.js';
import { unrestricted } from '#src/access/permit.ts';
import { documentOf } from '#src/fhir/json.ts';
import type { Context } from '#src/interactions/types.ts';
import { merge } from '#src/operations/merge.ts';
import { unmerge } from '#src/operations/unmerge.ts';
import type { ResourceStore } from '#src/store/port.ts';
import { engines, type Opened } from '#test/contract/support/engines.ts';
import { base, openInside, type Inside } from '#test/support/rights.ts';

const operation = merge('https://meridian.example/uhid', 3);
const total = 8;

const requestOf = (name: string, parameters: Readonly<Record<string, string>>) => {
  const parameter = Object.entries(parameters).map(([each, reference]) => ({
    ...{ name: each, valueReference: { reference } },
  }));
  const body = documentOf({ resourceType: 'Parameters', parameter });
  const path = `Patient/${name}`;
  return { method: 'POST', path, type: 'Patient', query: [], headers: {}, base, body } as const;
};

/** A store that stops working after so many commits. */
const failingAfter = (commits: number, context: Context): Context => {
  let left = commits;
  const { resources } = context.store;
  const failing: ResourceStore = {
    read: (keys) => resources.read(keys),
    versions: (...args) => resources.versions(...args),
    countVersions: (...args) => resources.countVersions(...args),
    search: (...args) => resources.search(...args),
    count: (plan) => resources.count(plan),
    explain: (...args) => resources.explain(...args),
    commit: (changes) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('out of order')) : resources.commit(changes);
    },
  };
  return { ...context, store: { ...context.store, resources: failing } };
};

for (const engine of engines)
  describe(`merging more than a commit holds on ${engine.name}`, function () {
    this.timeout(60_000);
    let opened: Opened;
    let inside: Inside;
    beforeEach(async () => {
      opened = await engine.open();
      inside = openInside(opened.store);
      const send = inside.by();
      for (const id of ['source', 'target'])
        await send('PUT', `Patient/${id}`, { body: { resourceType: 'Patient', id } });
      for (let at = 0; at < total; at += 1)
        await send('PUT', `Observation/o${String(at)}`, {
          body: {
            ...{ resourceType: 'Observation', id: `o${String(at)}`, status: 'final' },
            ...{ code: { text: 'pulse' }, subject: { reference: 'Patient/source' } },
          } satisfies Observation,
        });
    });
    afterEach(() => opened.close());

    const request = requestOf('$merge', {
      'source-patient': 'Patient/source',
      'target-patient': 'Patient/target',
    });
    const run = async (context = inside.context): Promise<Parameters> => {
      const { text = '' } = await operation.handler(request, unrestricted, context);
      return JSON.parse(text) as Parameters;
    };
    const countOf = async (patient: string) =>
      ((await inside.by()('GET', `Observation?patient=${patient}&_summary=count`)).json as Bundle)
        .total;
    const tasks = async () =>
      ((await inside.by()('GET', 'Task')).json as Bundle).entry!.map(
        ({ resource }) => resource as Task,
      );

    it('moves all of them and tells how many', async () => {
      const { parameter = [] } = await run();

      expect(JSON.stringify(parameter)).to.include(`Moved ${String(total)} resources`);
      expect([await countOf('source'), await countOf('target')]).to.deep.equal([0, total]);
      const [task, ...others] = await tasks();
      expect(others).to.deep.equal([]);
      expect(task!.status).to.equal('completed');
      expect(task!.output![0]!.valueInteger).to.equal(total + 2);
    });

    it('goes on where it was interrupted', async () => {
      const failure = await run(failingAfter(2, inside.context)).catch((error: unknown) => error);

      expect(failure).to.be.instanceOf(Error);
      expect(await countOf('source')).to.equal(2);
      expect((await tasks())[0]!.status).to.equal('in-progress');

      await run();

      expect([await countOf('source'), await countOf('target')]).to.deep.equal([0, total]);
      expect((await tasks()).map(({ status }) => status)).to.deep.equal(['completed']);
    });

    it('is taken back whole, also when that is interrupted', async () => {
      await run();
      const [task] = await tasks();
      const back = requestOf('$unmerge', { task: `Task/${task!.id!}` });

      const failing = failingAfter(1, inside.context);
      const failure = await unmerge
        .handler(back, unrestricted, failing)
        .catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(Error);
      await unmerge.handler(back, unrestricted, inside.context);

      expect([await countOf('source'), await countOf('target')]).to.deep.equal([total, 0]);
      const { json } = await inside.by()('GET', 'Patient/target');
      expect((json as Patient).active).to.equal(undefined);
      expect((await tasks())[0]!.status).to.equal('cancelled');
    });
  });
