// Buckets: how much each key may still spend. A bucket fills by its quota every minute and holds no more than that.
// https://en.wikipedia.org/wiki/Token_bucket

export interface Buckets {
  readonly perMinute: number;
  /** Takes the points and gives what is left; a negative number when there were not enough and nothing was taken. */
  take(key: string, points: number): number;
  /** What is left, without taking. */
  left(key: string): number;
  /** Seconds until so many points are there. */
  secondsUntil(key: string, points: number): number;
}

interface Bucket {
  points: number;
  at: number;
}

/** So many are kept before the full ones, which say nothing, are thrown out. */
const sweepAt = 10_000;
/** So many may exist at all: whoever comes from ever new addresses shall not fill the memory. */
const most = 100_000;

export const createBuckets = (perMinute: number, now: () => number = Date.now): Buckets => {
  const buckets = new Map<string, Bucket>();
  const perMillisecond = perMinute / 60_000;
  let sweepNext = sweepAt;

  const refill = (bucket: Bucket): Bucket => {
    const at = now();
    bucket.points = Math.min(perMinute, bucket.points + (at - bucket.at) * perMillisecond);
    bucket.at = at;
    return bucket;
  };
  const sweep = (): void => {
    for (const [key, bucket] of buckets)
      if (refill(bucket).points >= perMinute) buckets.delete(key);
    for (const key of buckets.keys()) {
      if (buckets.size < most) break;
      buckets.delete(key);
    }
    sweepNext = buckets.size + sweepAt;
  };
  const bucketOf = (key: string): Bucket => {
    const found = buckets.get(key);
    if (found) return refill(found);
    if (buckets.size >= sweepNext) sweep();
    const made = { points: perMinute, at: now() };
    buckets.set(key, made);
    return made;
  };
  // What costs more than a whole bucket costs a whole bucket, else it could never be had.
  const priceOf = (points: number): number => Math.min(points, perMinute);

  return {
    perMinute,
    take: (key, points) => {
      const bucket = bucketOf(key);
      const left = bucket.points - priceOf(points);
      if (left >= 0) bucket.points = left;
      return left;
    },
    left: (key) => bucketOf(key).points,
    secondsUntil: (key, points) => {
      const lacking = priceOf(points) - bucketOf(key).points;
      return lacking <= 0 ? 0 : Math.max(1, Math.ceil(lacking / perMillisecond / 1000));
    },
  };
};
