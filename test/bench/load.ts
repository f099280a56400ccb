// The load process: reads one job from standard input, drives the server, prints the result as JSON.

import { text } from 'node:stream/consumers';
import { measures } from './measures.ts';
import { openConnection, requestBytes } from './connection.ts';
import { populationOf, transaction } from './population.ts';

export type Job = Load | Fill;
/** Runs one measure, or GETs one path again and again. */
export interface Load {
  readonly kind: 'load';
  readonly port: number;
  readonly base: string;
  readonly measure: string | { readonly path: string };
  readonly resources: number;
  readonly connections: number;
  readonly seconds: number;
  readonly token?: string;
}
/** Uploads the population. */
export interface Fill {
  readonly kind: 'fill';
  readonly port: number;
  readonly base: string;
  readonly resources: number;
  readonly connections: number;
  readonly token?: string;
}
export interface Result {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly faults: number;
  /** All that were sent, to warm up as well. */
  readonly requests: number;
  /** Text of the first wrong status, for the reader. */
  readonly fault?: string;
}

/** Each connection asks for its own numbers: n, n + connections, … */
const load = async (job: Load): Promise<Result> => {
  const people = populationOf(job.resources);
  const { measure } = job;
  const found = measures.find(({ name }) => name === measure);
  const writes = (found?.batch ?? 1) > 1;
  const distinct = writes ? 40 : 4_000;
  const requests = Array.from({ length: distinct }, (_, n) => {
    if (typeof measure !== 'string') return requestBytes({ method: 'GET', path: measure.path });
    const { method, path, body } = found!.request(people, n);
    return requestBytes(
      { method, path: path === '' ? job.base : `${job.base}/${path}`, body },
      job.token,
    );
  });
  const times: number[] = [];
  const wrong: number[] = [];
  // A server that has just loaded still compiles, collects and brings its log into the file.
  const warmUntil = performance.now() + Math.min(4_000, job.seconds * 800);
  const until = warmUntil + job.seconds * 1000;
  let counted = 0;
  let sent = 0;
  const drive = async (place: number): Promise<void> => {
    const connection = openConnection(job.port);
    for (let n = place; performance.now() < until; n += job.connections) {
      const began = performance.now();
      const { status } = await connection.send(requests[n % distinct]!);
      const ended = performance.now();
      sent += 1;
      if (status >= 300) wrong.push(status);
      if (began < warmUntil || ended > until) continue;
      counted += 1;
      times.push(ended - began);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: job.connections }, (_, place) => drive(place)));
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
  return {
    perSecond: (counted * (found?.batch ?? 1)) / job.seconds,
    p50: at(0.5),
    p99: at(0.99),
    faults: wrong.length,
    requests: sent,
    ...(wrong.length > 0 && { fault: `status ${String(wrong[0])}` }),
  };
};

const fill = async (job: Fill): Promise<Result> => {
  const people = populationOf(job.resources);
  const began = performance.now();
  const times: number[] = [];
  let faults = 0;
  let next = 0;
  const drive = async (): Promise<void> => {
    const connection = openConnection(job.port);
    while (next < people.patients) {
      const first = next;
      next += 50;
      const entries = Array.from({ length: Math.min(50, people.patients - first) }, (_, place) =>
        people.entries(first + place),
      ).flat();
      const sent = performance.now();
      const { status } = await connection.send(
        requestBytes({ method: 'POST', path: job.base, body: transaction(entries) }, job.token),
      );
      times.push(performance.now() - sent);
      if (status !== 200) faults += 1;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: job.connections }, drive));
  times.sort((a, b) => a - b);
  const seconds = (performance.now() - began) / 1000;
  return {
    perSecond: people.resources / seconds,
    p50: times[Math.floor(times.length / 2)]!,
    p99: times[Math.floor(times.length * 0.99)]!,
    faults,
    requests: times.length,
  };
};

if (import.meta.main) {
  const job = JSON.parse(await text(process.stdin)) as Job;
  const result = job.kind === 'fill' ? await fill(job) : await load(job);
  console.log(JSON.stringify(result));
  process.exit(0);
}
