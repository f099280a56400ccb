// What Prometheus reads: requests by interaction, and the process itself.
// https://prometheus.io/docs/practices/naming/

import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** Counts a finished request; `interaction` is a name of the table of routes, never a path. */
  observe(interaction: string, status: number, seconds: number): void;
  /** A number that is read whenever the page is. */
  watch(name: string, help: string, read: () => number): void;
  /** The page that Prometheus scrapes. */
  text(): Promise<string>;
  readonly contentType: string;
}

export const createMetrics = (): Metrics => {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['interaction', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [register],
  });
  // Finding the one with these labels costs more than counting.
  const kept = new Map<string, Histogram.Internal<'interaction' | 'status'>>();
  const of = (
    interaction: string,
    status: number,
  ): Histogram.Internal<'interaction' | 'status'> => {
    const name = `${String(status)} ${interaction}`;
    const found = kept.get(name) ?? requests.labels(interaction, String(status));
    kept.set(name, found);
    return found;
  };
  return {
    observe: (interaction, status, seconds) => {
      of(interaction, status).observe(seconds);
    },
    watch: (name, help, read) => {
      new Gauge({
        ...{ name, help, registers: [register] },
        collect() {
          this.set(read());
        },
      });
    },
    text: () => register.metrics(),
    contentType: register.contentType,
  };
};
