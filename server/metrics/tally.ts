/** Upper bounds of a histogram's buckets in seconds; what is longer is in none of them. */
export const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

type Labels = Readonly<Record<string, string>>;

/** How long things with the same labels took. */
export class Tally {
  readonly labels: Labels;
  private readonly counts = new Float64Array(secondsBuckets.length + 1);
  private sumS = 0;

  constructor(labels: Labels) {
    this.labels = labels;
  }

  add(seconds: number): void {
    let index = 0;
    while (index < secondsBuckets.length && seconds > (secondsBuckets[index] ?? Infinity)) {
      index += 1;
    }
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    this.sumS += seconds;
  }

  get count(): number {
    return this.counts.reduce((sum, one) => sum + one, 0);
  }

  /** Prometheus counts in each bucket what the smaller ones hold too. */
  samples(name: string): { metricName: string; labels: Labels; value: number }[] {
    let sum = 0;
    const buckets = Array.from(this.counts, (count, index) => {
      sum += count;
      const le = String(secondsBuckets[index] ?? '+Inf');
      return { metricName: `${name}_bucket`, labels: { le, ...this.labels }, value: sum };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels: this.labels, value: this.sumS },
      { metricName: `${name}_count`, labels: this.labels, value: sum },
    ];
  }
}

/** Tallies by up to three labels, made when they are first needed. */
export class Histogram {
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  readonly name: string;
  readonly help: string;
  private readonly tallies = new Map<string, Map<string, Map<string, Tally>>>();
  private readonly labelsOf: (first: string, second: string, third: string) => Labels;

  /** @param labelsOf The labels of what is looked up by three words. */
  constructor(name: string, help: string, labelsOf: (first: string, second: string, third: string) => Labels) {
    this.name = name;
    this.help = help;
    this.labelsOf = labelsOf;
  }

  add(first: string, second: string, third: string, seconds: number): void {
    (this.tallies.get(first)?.get(second)?.get(third) ?? this.make(first, second, third)).add(seconds);
  }

  /** How many there were with these labels. */
  count(first: string, second: string, third: string): number {
    return this.tallies.get(first)?.get(second)?.get(third)?.count ?? 0;
  }

  /** As prom-client asks each of its metrics. */
  get(): Promise<object> {
    const { name, help, type, aggregator } = this;
    const all = [...this.tallies.values()].flatMap((by) =>
      [...by.values()].flatMap((bySecond) => [...bySecond.values()]),
    );
    return Promise.resolve({ name, help, type, aggregator, values: all.flatMap((tally) => tally.samples(name)) });
  }

  private make(first: string, second: string, third: string): Tally {
    const bySecond = this.tallies.get(first) ?? new Map<string, Map<string, Tally>>();
    const byThird = bySecond.get(second) ?? new Map<string, Tally>();
    const tally = new Tally(this.labelsOf(first, second, third));
    this.tallies.set(first, bySecond);
    bySecond.set(second, byThird);
    byThird.set(third, tally);
    return tally;
  }
}
