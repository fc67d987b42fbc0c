/**
 * `supports`: the tests named beside it show it, or, where no test does, what was read does.
 * `partly`: with what is missing. `none`: there is nothing in the portal that it is about.
 */
export type Verdict = 'supports' | 'partly' | 'none';

export interface Criterion {
  number: string;
  name: string;
  level: 'A' | 'AA';
  verdict: Verdict;
  /** How it is met, what is missing, or why it does not apply. */
  remark: string;
  /** What no test shows of it, and was judged by reading the texts and the code. */
  byReading?: string;
}

/** Every criterion of WCAG 2.2 on levels A and AA. */
export const criteria = [
  {
    number: '1.1.1',
    name: 'Non-text content',
    level: 'A',
    verdict: 'supports',
    remark:
      'Icons are hidden from assistive technology and stand beside a word or in a named button; the logo stands beside the merchant’s name.',
  },
  {
    number: '1.2.1',
    name: 'Audio-only and video-only (prerecorded)',
    level: 'A',
    verdict: 'none',
    remark: 'No audio, no video.',
  },
  { number: '1.2.2', name: 'Captions (prerecorded)', level: 'A', verdict: 'none', remark: 'No audio, no video.' },
  {
    number: '1.2.3',
    name: 'Audio description or media alternative (prerecorded)',
    level: 'A',
    verdict: 'none',
    remark: 'No audio, no video.',
  },
  { number: '1.2.4', name: 'Captions (live)', level: 'AA', verdict: 'none', remark: 'No audio, no video.' },
  {
    number: '1.2.5',
    name: 'Audio description (prerecorded)',
    level: 'AA',
    verdict: 'none',
    remark: 'No audio, no video.',
  },
  {
    number: '1.3.1',
    name: 'Info and relationships',
    level: 'A',
    verdict: 'supports',
    remark:
      'Lists are tables with column and row headers, also as cards; fields have labels, groups legends, errors belong to their field.',
  },
  {
    number: '1.3.2',
    name: 'Meaningful sequence',
    level: 'A',
    verdict: 'supports',
    remark: 'What is drawn follows the order of the document, in both directions of writing.',
  },
  {
    number: '1.3.3',
    name: 'Sensory characteristics',
    level: 'A',
    verdict: 'supports',
    remark: 'No text tells where something stands, how it looks or sounds.',
    byReading: 'The English catalogues were searched for words of place, shape and colour.',
  },
  {
    number: '1.3.4',
    name: 'Orientation',
    level: 'AA',
    verdict: 'supports',
    remark: 'Nothing asks for an orientation; both work.',
  },
  {
    number: '1.3.5',
    name: 'Identify input purpose',
    level: 'AA',
    verdict: 'supports',
    remark: 'The fields of the profile say by `autocomplete` what they are for.',
  },
  {
    number: '1.4.1',
    name: 'Use of colour',
    level: 'A',
    verdict: 'supports',
    remark: 'A status is a shape and a word, money back has a minus and a word, limits are said in words.',
  },
  { number: '1.4.2', name: 'Audio control', level: 'A', verdict: 'none', remark: 'No sound.' },
  {
    number: '1.4.3',
    name: 'Contrast (minimum)',
    level: 'AA',
    verdict: 'supports',
    remark:
      'At least 4.5:1 in light and dark; text in an accent colour is derived from the merchant’s accent so that it reaches it.',
  },
  {
    number: '1.4.4',
    name: 'Resize text',
    level: 'AA',
    verdict: 'supports',
    remark: 'At 200 % zoom everything is there and nothing is cut.',
  },
  {
    number: '1.4.5',
    name: 'Images of text',
    level: 'AA',
    verdict: 'supports',
    remark: 'None, but a logo that the merchant sets.',
    byReading: 'The only image that the code draws is the logo.',
  },
  {
    number: '1.4.10',
    name: 'Reflow',
    level: 'AA',
    verdict: 'supports',
    remark: 'At 320 CSS pixels (400 % zoom) rows become cards and nothing scrolls sideways.',
  },
  {
    number: '1.4.11',
    name: 'Non-text contrast',
    level: 'AA',
    verdict: 'supports',
    remark: 'Borders of fields, focus rings, meters and the line of the selected tab reach 3:1.',
  },
  {
    number: '1.4.12',
    name: 'Text spacing',
    level: 'AA',
    verdict: 'supports',
    remark: 'With the spacing of the criterion nothing is cut and nothing overlaps.',
  },
  {
    number: '1.4.13',
    name: 'Content on hover or focus',
    level: 'AA',
    verdict: 'supports',
    remark:
      'Nothing appears on hover or focus but the browser’s own tooltips, of a date and of a download button, which only repeat what is there, and the arrow of a column that can be sorted',
    byReading: 'The style sheets were searched for what hover and focus show.',
  },
  {
    number: '2.1.1',
    name: 'Keyboard',
    level: 'A',
    verdict: 'supports',
    remark: 'Every task is walked by keyboard alone.',
  },
  {
    number: '2.1.2',
    name: 'No keyboard trap',
    level: 'A',
    verdict: 'supports',
    remark: 'The focus leaves everything by Tab or Escape; dialogs are the browser’s own.',
  },
  {
    number: '2.1.4',
    name: 'Character key shortcuts',
    level: 'A',
    verdict: 'supports',
    remark: 'None, but typing ahead in an open menu, which has the focus.',
  },
  {
    number: '2.2.1',
    name: 'Timing adjustable',
    level: 'A',
    verdict: 'partly',
    remark:
      'The session renews itself while the merchant’s page can bring a new one, and what was typed stays. Where it cannot, the session ends when the merchant’s setting says so, without asking the customer first.',
    byReading: 'How sessions renew and end was read; the tests of sessions show it, those of this page do not.',
  },
  {
    number: '2.2.2',
    name: 'Pause, stop, hide',
    level: 'A',
    verdict: 'none',
    remark: 'Nothing moves by itself for longer than the loading outline is shown.',
  },
  {
    number: '2.3.1',
    name: 'Three flashes or below threshold',
    level: 'A',
    verdict: 'none',
    remark: 'Nothing flashes.',
  },
  {
    number: '2.4.1',
    name: 'Bypass blocks',
    level: 'A',
    verdict: 'supports',
    remark: 'Landmarks and headings; the row of tabs is one stop. The page around the portal is the merchant’s.',
  },
  {
    number: '2.4.2',
    name: 'Page titled',
    level: 'A',
    verdict: 'supports',
    remark: 'The hosted page and the demo’s pages have titles. Elsewhere the page is the merchant’s.',
  },
  {
    number: '2.4.3',
    name: 'Focus order',
    level: 'A',
    verdict: 'supports',
    remark: 'In reading order; what closes gives the focus back to what opened it.',
  },
  {
    number: '2.4.4',
    name: 'Link purpose (in context)',
    level: 'A',
    verdict: 'supports',
    remark: 'Each link and button says what it acts on: “Download invoice INV-7”.',
  },
  {
    number: '2.4.5',
    name: 'Multiple ways',
    level: 'AA',
    verdict: 'none',
    remark:
      'The portal is one page. An invoice is found by list, by search, by filter and from its payment all the same.',
  },
  {
    number: '2.4.6',
    name: 'Headings and labels',
    level: 'AA',
    verdict: 'supports',
    remark: 'Each section, each part of an invoice and each field has one that says what it is.',
  },
  {
    number: '2.4.7',
    name: 'Focus visible',
    level: 'AA',
    verdict: 'supports',
    remark: 'A ring of 2 px at every stop of every walk.',
  },
  {
    number: '2.4.11',
    name: 'Focus not obscured (minimum)',
    level: 'AA',
    verdict: 'supports',
    remark: 'At every stop the middle of what has the focus is not covered by anything.',
  },
  { number: '2.5.1', name: 'Pointer gestures', level: 'A', verdict: 'none', remark: 'No gestures.' },
  {
    number: '2.5.2',
    name: 'Pointer cancellation',
    level: 'A',
    verdict: 'partly',
    remark:
      'Buttons, links and tabs act when the pointer is lifted over them. A press beside an open panel closes it when the pointer goes down; its row opens it again.',
  },
  {
    number: '2.5.3',
    name: 'Label in name',
    level: 'A',
    verdict: 'supports',
    remark: 'The name of each control contains the text that it shows.',
  },
  { number: '2.5.4', name: 'Motion actuation', level: 'A', verdict: 'none', remark: 'Nothing answers to motion.' },
  { number: '2.5.7', name: 'Dragging movements', level: 'AA', verdict: 'none', remark: 'Nothing is dragged.' },
  {
    number: '2.5.8',
    name: 'Target size (minimum)',
    level: 'AA',
    verdict: 'supports',
    remark: 'At least 24 by 24 px, or with as much room around it.',
  },
  {
    number: '3.1.1',
    name: 'Language of page',
    level: 'A',
    verdict: 'supports',
    remark: 'The hosted page and the demo’s pages name theirs. Elsewhere the page is the merchant’s.',
  },
  {
    number: '3.1.2',
    name: 'Language of parts',
    level: 'AA',
    verdict: 'supports',
    remark: 'A portal in another language than its page names its own.',
  },
  {
    number: '3.2.1',
    name: 'On focus',
    level: 'A',
    verdict: 'supports',
    remark: 'The focus alone changes nothing, but the selected tab, which the pattern of tabs asks for.',
  },
  {
    number: '3.2.2',
    name: 'On input',
    level: 'A',
    verdict: 'supports',
    remark: 'A filter narrows its list, a field changes its form: no context changes, the focus stays.',
  },
  {
    number: '3.2.3',
    name: 'Consistent navigation',
    level: 'AA',
    verdict: 'supports',
    remark: 'Header, summary and tabs stand in the same order in every section.',
  },
  {
    number: '3.2.4',
    name: 'Consistent identification',
    level: 'AA',
    verdict: 'supports',
    remark: 'The same parts draw the same function everywhere: one table, one pager, one download button.',
    byReading: 'There is one component for each.',
  },
  {
    number: '3.2.6',
    name: 'Consistent help',
    level: 'A',
    verdict: 'none',
    remark: 'The portal offers no help of its own; an error quotes the request that support asks for.',
  },
  {
    number: '3.3.1',
    name: 'Error identification',
    level: 'A',
    verdict: 'supports',
    remark: 'Errors are said in words at their field, in a summary that gets the focus, and when the field is left.',
  },
  {
    number: '3.3.2',
    name: 'Labels or instructions',
    level: 'A',
    verdict: 'supports',
    remark: 'Each field has a label; what may stay empty in the contact says so.',
  },
  {
    number: '3.3.3',
    name: 'Error suggestion',
    level: 'AA',
    verdict: 'supports',
    remark: 'An error says what to enter: “Enter an e-mail address like name@example.com”.',
  },
  {
    number: '3.3.4',
    name: 'Error prevention (legal, financial, data)',
    level: 'AA',
    verdict: 'supports',
    remark:
      'The profile is checked before it is saved, can be discarded, and can be changed back. Nothing is bought or paid in the portal.',
  },
  {
    number: '3.3.7',
    name: 'Redundant entry',
    level: 'A',
    verdict: 'supports',
    remark: 'The shipping address can be “Same as the billing address”; what was typed is never asked for again.',
  },
  {
    number: '3.3.8',
    name: 'Accessible authentication (minimum)',
    level: 'AA',
    verdict: 'supports',
    remark:
      'The customer is let in by the merchant’s session or by a link. The console’s log-in takes pasted passwords and those of a password manager.',
  },
  {
    number: '4.1.2',
    name: 'Name, role, value',
    level: 'A',
    verdict: 'supports',
    remark:
      'Native controls and the ARIA Authoring Practices’ patterns of tabs, menu button, dialog, sortable table and disclosure.',
  },
  {
    number: '4.1.3',
    name: 'Status messages',
    level: 'AA',
    verdict: 'supports',
    remark:
      'Counts after filtering, sorting and paging, saving, failures and downloads are announced without moving the focus.',
  },
] as const satisfies readonly Criterion[];

export type CriterionNumber = (typeof criteria)[number]['number'];
