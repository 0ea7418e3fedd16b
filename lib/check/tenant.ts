import type { Pointer } from '../issue';
import { group, RAY_TOKEN } from '../model/names';
import { clusterNames } from '../model/placement';
import { toMebibytes } from '../model/quantity';
import type { TenantFile, TenantSpec } from '../schema/tenant';
import { checkKey } from './references';
import type { Report } from './reporter';
import { reservedReason } from './reserved';

/** What a tenant file says about itself, whichever cluster it is on. */
export function checkTenant(file: TenantFile, clusters: readonly string[], report: Report): void {
  const reserved = reservedReason(file.metadata.name);
  if (reserved !== undefined) report(['metadata', 'name'], 'reserved-name', reserved);
  checkClusters(file.spec, clusters, report);
  checkMembers(file, report);
  checkSecretNames(file.spec, report);
  checkQuota(file.spec.quota, ['spec', 'quota'], report);
  if (Array.isArray(file.spec.clusters)) return;
  for (const [name, { quota }] of Object.entries(file.spec.clusters)) {
    if (quota !== undefined) checkQuota(quota, ['spec', 'clusters', name, 'quota'], report);
  }
}

function checkClusters(spec: TenantSpec, clusters: readonly string[], report: Report): void {
  const listed = Array.isArray(spec.clusters);
  for (const [index, name] of (Array.isArray(spec.clusters) ? spec.clusters : clusterNames(spec)).entries()) {
    checkKey(report, ['spec', 'clusters', listed ? index : name], name, {
      what: 'cluster',
      where: 'clusters/',
      keys: clusters,
    });
  }
}

function checkMembers({ metadata, spec: { members } }: TenantFile, report: Report): void {
  for (const [index, user] of (members.users ?? []).entries()) {
    if (members.admins.includes(user)) {
      report(
        ['spec', 'members', 'users', index],
        'duplicate-member',
        `"${user}" is already one of the admins`,
        'admins have the rights of users; list each name once',
      );
    }
  }
  const { admins = group(metadata.name, 'admins'), users = group(metadata.name, 'users') } =
    members.groups ?? {};
  if (admins === users) {
    const pointer = ['spec', 'members', 'groups'];
    report(pointer, 'duplicate-group', `"${users}" would be the group of admins and of users`);
  }
}

function checkSecretNames({ secrets = [] }: TenantSpec, report: Report): void {
  const index = secrets.indexOf(RAY_TOKEN.secret);
  if (index < 0) return;
  report(['spec', 'secrets', index], 'reserved-name', `"${RAY_TOKEN.secret}" is the Ray token of the tenant`);
}

type Jobs = { guaranteed: number | string; max?: number | string };

function checkQuota(quota: Partial<TenantSpec['quota']>, at: Pointer, report: Report): void {
  const budgets: [Pointer, unknown][] = [
    [[...at, 'cpu'], quota.cpu],
    [[...at, 'memory'], quota.memory],
    ...Object.entries(quota.gpus ?? {}).map(([type, budget]): [Pointer, unknown] => [
      [...at, 'gpus', type],
      budget,
    ]),
  ];
  for (const [pointer, budget] of budgets) {
    const jobs = (budget as { jobs?: Jobs } | undefined)?.jobs;
    if (jobs?.max === undefined || amount(jobs.max) >= amount(jobs.guaranteed)) continue;
    report(
      [...pointer, 'jobs', 'max'],
      'budget-order',
      `${jobs.max} is below guaranteed ${jobs.guaranteed}`,
      'max counts the guaranteed part in',
    );
  }
}

function amount(value: number | string): number {
  return typeof value === 'number' ? value : toMebibytes(value);
}
