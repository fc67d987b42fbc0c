import { defineElement } from '../../ui/define-element.ts';
import { ZkProfileFacts } from './profile-facts.ts';

defineElement('zk-profile-facts', ZkProfileFacts);
