import { readFileSync } from 'node:fs';

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

/** A share of the time in which the server was not idle. */
export interface Share {
  name: string;
  percent: number;
}

/** Where the time of a server went, the most first. */
export interface SelfTime {
  file: string;
  packages: Share[];
  functions: Share[];
}

const most = 30;

/** A package, a folder of ours, or what V8 names in brackets. */
const packageOf = (url: string, functionName: string): string => {
  const installed = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (installed !== undefined) return installed;
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  const own = /\/(server\/[^/]+)/.exec(url)?.[1];
  return own ?? (functionName.startsWith('(') ? functionName : 'native code');
};

const sharesOf = (sums: Map<string, number>, totalUs: number): Share[] =>
  [...sums]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([name, us]) => ({ name, percent: Math.round((1000 * us) / totalUs) / 10 }));

/** Self time by package and by function. */
export const readSelfTime = (file: string): SelfTime => {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as Profile;
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const packages = new Map<string, number>();
  const functions = new Map<string, number>();
  const add = (sums: Map<string, number>, name: string, us: number): void => {
    sums.set(name, (sums.get(name) ?? 0) + us);
  };
  let totalUs = 0;
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id);
    const us = timeDeltas[index] ?? 0;
    // Taking a profile costs time itself.
    if (frame === undefined || frame.functionName === '(idle)' || frame.url === 'node:inspector') {
      continue;
    }
    const { functionName, url, lineNumber } = frame;
    const group = packageOf(url, functionName);
    const place = url === '' ? group : `${group} ${url.split('/').at(-1) ?? ''}:${lineNumber + 1}`;
    totalUs += us;
    add(packages, group, us);
    add(functions, `${functionName || '(anonymous)'}, ${place}`, us);
  }
  return { file, packages: sharesOf(packages, totalUs), functions: sharesOf(functions, totalUs) };
};

const listed = (title: string, shares: readonly Share[]): string[] => [
  title,
  ...shares.map(({ name, percent }) => `  ${percent.toFixed(1).padStart(5)} %  ${name}`),
];

export const describeSelfTime = ({ file, packages, functions }: SelfTime): string =>
  [`profile in ${file}`, ...listed('by package', packages), ...listed('by function', functions)].join('\n');
