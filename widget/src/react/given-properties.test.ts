import { expect } from '@open-wc/testing';
import { GivenProperties } from './given-properties.ts';

class Recorder extends HTMLElement {
  readonly told: unknown[] = [];
  private current: unknown = 'own default';

  get view(): unknown {
    return this.current;
  }

  set view(value: unknown) {
    this.told.push(value);
    this.current = value;
  }
}
customElements.define('x-recorder', Recorder);

const recorder = (): Recorder => document.createElement('x-recorder') as Recorder;

describe('GivenProperties', () => {
  it('sets what it is given, and nothing that it is not', () => {
    const element = recorder();
    const given = new GivenProperties(['view']);
    given.give(element, { other: 1 });
    expect(element.told).to.deep.equal([]);
    given.give(element, { view: 'first' });
    expect(element.told).to.deep.equal(['first']);
  });

  it('takes an object of the same content for the same', () => {
    const element = recorder();
    const given = new GivenProperties(['view']);
    given.give(element, { view: { section: 'payments' } });
    element.view = { section: 'invoices' };
    given.give(element, { view: { section: 'payments' } });
    expect(element.view).to.deep.equal({ section: 'invoices' });
    given.give(element, { view: { section: 'profile' } });
    expect(element.view).to.deep.equal({ section: 'profile' });
  });

  it('sets another function, even of the same text', () => {
    const element = recorder();
    const given = new GivenProperties(['view']);
    const functions = [1, 2].map(() => () => 'session');
    for (const view of functions) given.give(element, { view });
    expect(element.told).to.deep.equal(functions);
  });

  it('gives back the first value when nothing is given any more', () => {
    const element = recorder();
    const given = new GivenProperties(['view']);
    given.give(element, { view: 'given' });
    given.give(element, {});
    expect(element.view).to.equal('own default');
  });

  it('writes a list as the element reads it', () => {
    const element = recorder();
    new GivenProperties(['view']).give(element, { view: ['payments', 'invoices'] });
    expect(element.view).to.equal('payments invoices');
  });

  it('reaches the accessors of an element that was made before its class', () => {
    const element = document.createElement('x-late') as Recorder;
    customElements.define('x-late', class extends Recorder {});
    new GivenProperties(['view']).give(element, { view: 'given' });
    expect(element.told).to.deep.equal(['given']);
  });
});
