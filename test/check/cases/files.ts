import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { tenant } from '../../support/inputs';
import type { Case } from './case';

const BLUE = 'tenants/blue.yaml';
const START = `${BLUE}:1:1 apiVersion`;
const blue = (from: string, to: string) => ({ [BLUE]: tenant('blue').replace(from, to) });

/** Files, folders and bytes. */
const FILES: readonly Case[] = [
  {
    rule: 'no-folder',
    change: {},
    prepare: (root) => rmSync(join(root, 'tenants'), { recursive: true }),
    at: '',
    message: 'folder tenants cannot be read: ENOENT',
    hint: 'create the folder tenants',
  },
  {
    rule: 'symlink',
    change: {},
    prepare: (root) => symlinkSync('/etc/hostname', join(root, 'tenants/green.yaml')),
    at: 'tenants/green.yaml:1:1',
    message: 'symbolic links are not followed',
    hint: 'put the file itself here',
  },
  {
    rule: 'file-extension',
    change: { 'tenants/green.yml': tenant('green') },
    at: 'tenants/green.yml:1:1 apiVersion',
    message: 'file ends in .yml',
    hint: 'rename it to .yaml',
  },
  {
    rule: 'stray-file',
    change: {},
    prepare: (root) => mkdirSync(join(root, 'tenants/old')),
    at: 'tenants/old:1:1',
    message: 'only *.yaml files lie here',
    hint: 'move it elsewhere',
  },
  {
    rule: 'file-name',
    change: { [BLUE]: { 'metadata.name': 'azure' } },
    at: `${BLUE}:4:9 azure`,
    message: 'metadata.name "azure" and file name "blue.yaml" differ',
    hint: 'a file is named <metadata.name>.yaml',
  },
  {
    rule: 'file-too-big',
    change: { [BLUE]: `# ${'x'.repeat(300_000)}\n${tenant('blue')}` },
    at: `${BLUE}:1:1 # xxx`,
    message: 'at most 262144 are read',
    hint: 'split it',
  },
  {
    rule: 'not-utf8',
    change: { [BLUE]: Buffer.concat([Buffer.from('apiVersion: '), Buffer.from([0xe9]), Buffer.from('t\n')]) },
    at: `${BLUE}:1:13`,
    message: 'file is not UTF-8',
    hint: 'save it as UTF-8',
  },
  {
    rule: 'byte-order-mark',
    change: { [BLUE]: `\ufeff${tenant('blue')}` },
    at: START,
    message: 'file starts with a byte-order mark',
    hint: 'UTF-8 without BOM',
  },
  {
    rule: 'hidden-character',
    change: blue('grace@', 'grace\u202e@'),
    at: `${BLUE}:6:15`,
    message: 'bidirectional control character U+202E is not allowed',
    hint: 'delete it',
  },
  {
    rule: 'hidden-character',
    change: blue('grace@example.com', '"grace\\u0085@example.com"'),
    at: `${BLUE}:6:10 "grace`,
    message: 'control character U+0085 is not allowed',
    hint: 'remove the escape',
  },
];

/** YAML that hides or doubles values. */
const YAML: readonly Case[] = [
  {
    rule: 'no-document',
    change: { [BLUE]: '# later\n' },
    at: `${BLUE}:1:1 # later`,
    message: 'file has no document',
    hint: 'delete the file',
  },
  {
    rule: 'not-a-mapping',
    change: { [BLUE]: '- blue\n' },
    at: `${BLUE}:1:1 - blue`,
    message: 'expected a mapping, found a list',
    hint: 'write "key: value" lines',
  },
  {
    rule: 'one-document',
    change: { [BLUE]: `${tenant('blue')}---\n${tenant('green')}` },
    at: `${BLUE}:16:1 ---`,
    message: 'expected one document, found 2',
    hint: 'one file for each document',
  },
  {
    rule: 'yaml-alias',
    change: blue('storage: 20Gi', 'storage: *size'),
    at: `${BLUE}:15:14 *size`,
    message: 'alias "*size" is not allowed',
    hint: 'write the value out',
  },
  {
    rule: 'yaml-anchor',
    change: blue('storage: 20Gi', 'storage: &size 20Gi'),
    at: `${BLUE}:15:14 &size`,
    message: 'anchor "&size" is not allowed',
    hint: 'write the value out',
  },
  {
    rule: 'yaml-tag',
    change: blue('storage: 20Gi', 'storage: !!str 20Gi'),
    at: `${BLUE}:15:14 !!str`,
    message: 'tag "!!str" is not allowed',
    hint: 'remove the tag',
  },
  {
    rule: 'yaml-merge',
    change: blue('    storage: 20Gi', '    storage: 20Gi\n    <<: {}'),
    at: `${BLUE}:16:5 <<:`,
    message: 'merge key "<<" is not allowed',
    hint: 'write the merged fields out',
  },
  {
    rule: 'yaml-directive',
    change: { [BLUE]: `%YAML 1.2\n---\n${tenant('blue')}` },
    at: `${BLUE}:1:1 %YAML`,
    message: 'directives are not allowed',
    hint: 'remove the line',
  },
  {
    rule: 'duplicate-key',
    change: blue('    storage: 20Gi', '    storage: 20Gi\n    cpu: 100'),
    at: `${BLUE}:16:5 cpu: 100`,
    message: 'duplicate key "cpu" (first at line 13)',
    hint: 'keep one of them',
  },
  {
    rule: 'key-type',
    change: blue('    storage:', '    1: 2\n    storage:'),
    at: `${BLUE}:15:5 1: 2`,
    message: 'key must be a string, found number 1',
    hint: 'quote it: "1"',
  },
  {
    rule: 'key-too-long',
    change: blue('    storage:', `    ? ${'k'.repeat(1025)}\n    : 1\n    storage:`),
    at: `${BLUE}:15:7 kkk`,
    message: 'key has 1025 characters, at most 1024 are read',
    hint: 'shorten it',
  },
  {
    rule: 'not-finite',
    change: blue('cpu: 1', 'cpu: .inf'),
    at: `${BLUE}:13:10 .inf`,
    message: '".inf" is not a finite number',
    hint: 'write a number',
  },
  {
    rule: 'too-deep',
    change: blue('cpu: 1', `cpu: ${'['.repeat(80)}${']'.repeat(80)}`),
    at: `${BLUE}:13:72 [`,
    message: 'nested too deep',
    hint: 'at most 64 levels',
  },
  {
    rule: 'tab-indent',
    change: blue('  members:', '\tmembers:'),
    at: `${BLUE}:7:1 \tmembers`,
    message: 'tab in the indentation',
    hint: 'indent with spaces',
  },
  {
    rule: 'yaml-syntax',
    change: blue('owner: grace@example.com', 'owner: "grace@example.com'),
    at: `${BLUE}:7:3 members`,
    message: 'quote or bracket goes on without indentation',
    hint: 'close it',
  },
];

export const FILE_CASES = [...FILES, ...YAML];
