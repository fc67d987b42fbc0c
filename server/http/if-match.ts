/** The version that `If-Match: "3"` names; undefined when it names none of ours. Proxies that compress add the `W/`. */
export const versionOf = (ifMatch: string): number | undefined => {
  const version = /^(?:W\/)?"(0|[1-9]\d{0,14})"$/.exec(ifMatch.trim())?.[1];
  return version === undefined ? undefined : Number(version);
};

export const etagOf = (version: number): string => `"${version}"`;
