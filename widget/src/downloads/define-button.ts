import { defineElement } from '../ui/define-element.ts';
import { ZkDownloadButton } from './download-button.ts';

defineElement('zk-download-button', ZkDownloadButton);
