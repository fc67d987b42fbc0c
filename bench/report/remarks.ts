/** What limits a result that falls short of its goal, and what was tried; by the result's name. */
export const remarks: Record<string, string> = {};
