import { defineElement } from '../../ui/define-element.ts';
import { ZkProfileConflict } from './profile-conflict.ts';

export { rebase } from './rebase.ts';

defineElement('zk-profile-conflict', ZkProfileConflict);
