/** What is written into the markup makes a new object with each render; it is told apart by what it says. */
const isSame = (one: unknown, other: unknown): boolean =>
  one === other ||
  (typeof one === 'object' && typeof other === 'object' && JSON.stringify(one) === JSON.stringify(other));

/** Gives an element what was changed since the last time. What is no longer given goes back to what it was at first. */
export class GivenProperties {
  private readonly names: readonly string[];
  private readonly first = new Map<string, unknown>();
  private readonly last = new Map<string, unknown>();

  constructor(names: readonly string[]) {
    this.names = names;
  }

  give(element: HTMLElement, values: Readonly<Record<string, unknown>>): void {
    customElements.upgrade(element);
    for (const name of this.names) {
      const value = values[name];
      if (isSame(this.last.get(name), value)) continue;
      if (!this.first.has(name)) this.first.set(name, Reflect.get(element, name));
      this.last.set(name, value);
      Reflect.set(element, name, Array.isArray(value) ? value.join(' ') : (value ?? this.first.get(name)));
    }
  }
}
