/** An answer that is JSON text already, made of declared fields only: see `json.ts`. */
export class JsonText<Body> {
  declare readonly body: Body;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** For those who need the answer as values. */
export const parseText = <Body>({ text }: JsonText<Body>): Body => JSON.parse(text) as Body;
