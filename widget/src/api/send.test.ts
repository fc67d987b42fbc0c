import { expect } from '@open-wc/testing';
import { startWire } from '../testing/wire.ts';
import { send } from './send.ts';

describe('send', () => {
  it('writes arrays as arrays, whatever an old library of the page makes of them', async () => {
    const wire = await startWire({ 'PATCH profile': [{ body: {} }] });
    const body = { tax_info: [{ tax_id: 'DE1', codes: ['a', 'b'] }], name: 'Cedar', left_out: undefined };
    Object.defineProperty(Array.prototype, 'toJSON', {
      configurable: true,
      value(this: unknown[]) {
        return `[${this.join(', ')}]`;
      },
    });
    try {
      await send({ method: 'PATCH', url: `${wire.apiUrl}/portal/one/profile`, body });
    } finally {
      Reflect.deleteProperty(Array.prototype, 'toJSON');
    }
    const [call] = await wire.calls();
    expect(call?.body).to.deep.equal({ tax_info: [{ tax_id: 'DE1', codes: ['a', 'b'] }], name: 'Cedar' });
  });
});
