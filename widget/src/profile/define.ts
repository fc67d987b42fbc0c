import { defineElement } from '../ui/define-element.ts';
import { ZkProfilePage } from './profile-page.ts';

defineElement('zk-profile-page', ZkProfilePage);
