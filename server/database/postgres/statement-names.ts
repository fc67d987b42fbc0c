const usesBeforeName = 2;
const mostNames = 500;
const mostCounted = 2_000;

/** Each statement is given a name, and so is parsed and planned once a connection, when it comes for the third time. */
export class StatementNames {
  private readonly uses = new Map<string, number | string>();
  private named = 0;

  of(text: string): string | undefined {
    const known = this.uses.get(text) ?? 0;
    if (typeof known === 'string') {
      return known;
    }
    if (this.named === mostNames) {
      return undefined;
    }
    if (this.uses.size > mostCounted) {
      this.forgetCounts();
    }
    if (known < usesBeforeName) {
      this.uses.set(text, known + 1);
      return undefined;
    }
    this.named += 1;
    const name = `s${this.named}`;
    this.uses.set(text, name);
    return name;
  }

  private forgetCounts(): void {
    for (const [text, use] of this.uses) {
      if (typeof use === 'number') {
        this.uses.delete(text);
      }
    }
  }
}
