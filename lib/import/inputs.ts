import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One upstream file: where a folder keeps it, and where everybody finds it. */
export interface Input {
  readonly file: string;
  readonly url: string;
}

/** Gets the text of an input; undefined when a folder does not have it. Throws an Error otherwise. */
export type Read = (input: Input) => Promise<string | undefined>;

interface Origin {
  readonly repository: string;
  readonly version: string;
  readonly path: string;
  readonly folder: string;
}

/** A file of an upstream repository, which a folder may keep under another name. */
export function inputOf(
  { repository, version, path, folder }: Origin,
  upstream: string,
  file = upstream,
): Input {
  return {
    file: `${folder}/${file}`,
    url: `https://raw.githubusercontent.com/${repository}/${version}/${path}/${upstream}`,
  };
}

/** Reads inputs below a folder. */
export function readFrom(folder: string): Read {
  return async ({ file }) => {
    const path = join(folder, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };
}

const TIMEOUT_MS = 60_000;

/** Downloads an input. */
export const download: Read = async ({ url }) => {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((cause: unknown) => {
    throw new Error(`no answer from ${url}`, { cause });
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
};
