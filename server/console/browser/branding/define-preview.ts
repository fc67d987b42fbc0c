import { defineElement } from '../../../../widget/src/ui/define-element.ts';
import { ZkBrandingPreview } from './branding-preview.ts';

defineElement('zk-branding-preview', ZkBrandingPreview);
