import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Environment, requirementsIn } from './python';

const IMAGES = resolve(__dirname, '../../images');
const FAMILY = resolve(IMAGES, 'ray');

const DOCKERFILE = readFileSync(resolve(FAMILY, 'Dockerfile'), 'utf8');

/** The Python minor of the image. */
const PYTHON = /^ARG PYTHON=(.+)$/m.exec(DOCKERFILE)?.[1] ?? '';

/** Variables that the image sets, but for the home folder. */
export const VARIABLES: Readonly<Record<string, string>> = Object.fromEntries(
  [...DOCKERFILE.matchAll(/^(?:ENV| {3}) ([A-Z_]+)=(\S+)/gm)]
    .map(([, name = '', value = '']): [string, string] => [name, value])
    .filter(([name]) => name !== 'HOME'),
);

/** What is installed in the image of the target cu128, package by package; PyPI has its wheels, but not those of cpu. */
export const IMAGE: Environment = {
  name: 'image',
  python: PYTHON,
  requirements: ['requirements.txt', 'torch-cu128.txt'].flatMap((file) =>
    requirementsIn(resolve(FAMILY, file)),
  ),
  project: resolve(IMAGES, 'tenantry-job'),
};

/** The version of a package in the image. */
export function versionOf(name: string): string {
  const line = IMAGE.requirements.find((requirement) => requirement.startsWith(`${name}==`));
  if (line === undefined) throw new Error(`the image has no ${name}`);
  return line.slice(name.length + 2);
}

/** Clients that do not fit: Ray of another minor, and the same Ray on another Python minor. */
export const MISFITS = {
  ray: { ray: '2.59.0', python: PYTHON, error: 'Initialization failure from server' },
  python: { ray: versionOf('ray'), python: '3.11', error: 'Version mismatch' },
} as const;
export type Misfit = (typeof MISFITS)[keyof typeof MISFITS];

export function clientOf({ ray, python }: Misfit): Environment {
  return { name: `client-${ray}-py${python}`, python, requirements: [`ray[client]==${ray}`] };
}
