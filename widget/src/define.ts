import './invoices/define.ts';
import './summary/define.ts';
import { ZenskarPortal } from './zenskar-portal.ts';

const taken = customElements.get('zenskar-portal');
// Where the name is somebody else's, the browser's own error says so.
if (!taken || !('signOut' in taken.prototype)) customElements.define('zenskar-portal', ZenskarPortal);
