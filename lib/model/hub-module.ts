import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compare } from '../issue';

const ROOT = resolve(__dirname, '../../hub/tenantry');

/** The files of hub/tenantry, by their paths: what the hub runs is what its tests have tried. */
export const HUB_MODULE: ReadonlyMap<string, string> = new Map(
  readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(py|html)$/.test(path))
    .sort(compare)
    .map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]),
);
