import { describe, expect, it } from '@jest/globals';
import { type Change, cluster, type Fields, load, tenant } from '../support/inputs';

const TRAIN = 'spec.ray.clusters.0';
const CHAT = 'spec.ray.services.0';
const NIGHTLY = 'spec.ray.schedules.0';
const RED = 'head of train 1 x 2 + autoscaler of train 1 x 0.5 + workers train/cpu 2 x 1';

/** Findings as `file pointer: message`, without the hint. */
function findings(change: Change): string[] {
  return load(change).issues.map(({ source, message }) => `${source?.file} ${message}`);
}

const red = (fields: Fields) => findings({ 'tenants/red.yaml': fields });

const PROFILES = {
  'spec.profiles.medium': { displayName: 'Medium', image: 'plain', cpu: 3, memory: '12Gi' },
  'spec.profiles.wide': { displayName: 'Wide', image: 'plain', cpu: 8, memory: '4Gi' },
  'spec.profiles.deep': { displayName: 'Deep', image: 'plain', cpu: 1, memory: '32Gi' },
  'spec.profiles.tenth': { displayName: 'A tenth', image: 'plain', cpu: 0.1, memory: '1Gi' },
  'spec.profiles.pair': { displayName: 'Two GPUs', cpu: 3, memory: '12Gi', gpu: 'l4', gpus: 2 },
  'spec.profiles.other': { displayName: 'Another GPU', cpu: 3, memory: '12Gi', gpu: 'a10g' },
  'spec.gpuTypes.a10g': {
    displayName: 'NVIDIA A10G',
    families: ['g5'],
    memory: '22888Mi',
    perGpu: { cpu: 3, memory: '12Gi' },
    source: 'read 2026-11-24',
  },
  'spec.pools.a10g': { gpu: 'a10g', capacity: ['spot'], limits: { gpus: 8 } },
};
const withProfiles = (fields: Fields) =>
  findings({ 'clusters/main.yaml': PROFILES, 'tenants/red.yaml': fields });

describe('the interactive budget', () => {
  it.each<[string, Fields, string]>([
    [
      'a head',
      { [`${TRAIN}.head`]: { cpu: 2.001 } },
      '14.501 cores are declared on cluster main, interactive is 14.5: head of train 1 x 2.001 + autoscaler of train 1 x 0.5 + workers train/cpu 2 x 1 + head of chat 2 x 2 + autoscaler of chat 2 x 0.5 + workers chat/cpu 2 x 1 + notebooks small 3 x 1',
    ],
    [
      'one worker more',
      { [`${TRAIN}.workers.0.max`]: 3, 'spec.quota.memory.interactive': '59Gi' },
      '15.5 cores are declared on cluster main, interactive is 14.5: head of train 1 x 2 + autoscaler of train 1 x 0.5 + workers train/cpu 3 x 1 + head of chat 2 x 2 + autoscaler of chat 2 x 0.5 + workers chat/cpu 2 x 1 + notebooks small 3 x 1',
    ],
    [
      'one worker more of a service, twice',
      { [`${CHAT}.workers.0.max`]: 2, 'spec.quota.memory.interactive': '63Gi' },
      `16.5 cores are declared on cluster main, interactive is 14.5: ${RED} + head of chat 2 x 2 + autoscaler of chat 2 x 0.5 + workers chat/cpu 4 x 1 + notebooks small 3 x 1`,
    ],
    [
      'one seat more',
      { 'spec.notebooks.seats': 4, 'spec.quota.memory.interactive': '59Gi' },
      `15.5 cores are declared on cluster main, interactive is 14.5: ${RED} + head of chat 2 x 2 + autoscaler of chat 2 x 0.5 + workers chat/cpu 2 x 1 + notebooks small 4 x 1`,
    ],
  ])('counts %s', (_what, fields, message) => {
    expect(red(fields)).toEqual([`tenants/red.yaml spec.quota.cpu: ${message}`]);
  });

  it('counts memory like cores', () => {
    expect(red({ 'spec.quota.memory.interactive': '56319Mi' })).toEqual([
      'tenants/red.yaml spec.quota.memory: 55Gi of memory are declared on cluster main, interactive is 56319Mi: head of train 1 x 8Gi + autoscaler of train 1 x 1Gi + workers train/cpu 2 x 4Gi + head of chat 2 x 8Gi + autoscaler of chat 2 x 1Gi + workers chat/cpu 2 x 4Gi + notebooks small 3 x 4Gi',
    ]);
  });

  it('counts GPUs of workers and notebooks by type, and their cores not at all', () => {
    expect(red({ [`${TRAIN}.workers.1.max`]: 3 })).toEqual([
      'tenants/red.yaml spec.quota.gpus.l4: 4 l4 GPUs are declared on cluster main, interactive is 3: workers train/gpu 3 x 1 + notebook gpu 1 x 1',
    ]);
    expect(red({ [`${TRAIN}.workers.1.max`]: 3, 'spec.quota.gpus.l4.interactive': 4 })).toEqual([]);
    expect(red({ [`${TRAIN}.workers.1.gpus`]: 2, [`${TRAIN}.workers.1.max`]: 1 })).toEqual([]);
  });

  it('is not troubled by binary fractions', () => {
    const tenths = { 'spec.notebooks': { profiles: ['tenth'], seats: 3 } };
    const change = (cpu: number) => ({
      'clusters/main.yaml': PROFILES,
      'tenants/blue.yaml': { ...tenths, 'spec.quota.cpu': cpu },
    });
    expect(findings(change(0.3))).toEqual([]);
    expect(findings(change(0.299))).toEqual([
      'tenants/blue.yaml spec.quota.cpu: 0.3 cores are declared on cluster main, interactive is 0.299: notebooks tenth 3 x 0.1',
    ]);
  });

  it('takes a bare number as all interactive', () => {
    expect(findings({ 'tenants/blue.yaml': { 'spec.quota.cpu': 0.999 } })).toEqual([
      'tenants/blue.yaml spec.quota.cpu: 1 cores are declared on cluster main, interactive is 0.999: notebooks small 1 x 1',
    ]);
  });
});

describe('notebook profiles', () => {
  it('count when they are larger than all seats of the first together, each once', () => {
    expect(withProfiles({ 'spec.notebooks.profiles': ['small', 'medium', 'gpu'] })).toEqual([]);
    const both = { 'spec.notebooks.profiles': ['small', 'wide', 'deep', 'gpu'] };
    expect(withProfiles({ ...both, 'spec.quota.memory.interactive': '91Gi' })).toEqual([
      `tenants/red.yaml spec.quota.cpu: 23.5 cores are declared on cluster main, interactive is 14.5: ${RED} + head of chat 2 x 2 + autoscaler of chat 2 x 0.5 + workers chat/cpu 2 x 1 + notebooks small 3 x 1 + notebook wide 1 x 8 + notebook deep 1 x 1`,
    ]);
    const raised = { 'spec.quota.cpu.interactive': 23.5, 'spec.quota.memory.interactive': '91Gi' };
    expect(withProfiles({ ...both, ...raised })).toEqual([]);
  });

  it('count by GPU type, seats and all', () => {
    const noSmall = {
      'spec.quota.cpu.interactive': 11.5,
      'spec.quota.memory.interactive': '43Gi',
      [`${TRAIN}.workers.1.max`]: 1,
    };
    const seats = (count: number) => ({ 'spec.notebooks': { profiles: ['gpu', 'pair'], seats: count } });
    expect(withProfiles({ ...noSmall, ...seats(2) })).toEqual([]);
    expect(withProfiles({ ...noSmall, ...seats(1) })).toEqual([
      'tenants/red.yaml spec.quota.gpus.l4: 4 l4 GPUs are declared on cluster main, interactive is 3: workers train/gpu 1 x 1 + notebooks gpu 1 x 1 + notebook pair 1 x 2',
    ]);
    const another = { 'spec.notebooks': { profiles: ['gpu', 'other'], seats: 2 }, 'spec.quota.gpus.a10g': 0 };
    expect(withProfiles({ ...noSmall, ...another })).toEqual([
      'tenants/red.yaml spec.quota.gpus.a10g: 1 a10g GPUs are declared on cluster main, interactive is 0: notebook other 1 x 1',
    ]);
  });
});

describe('the jobs budget', () => {
  it('holds each schedule by itself: head, submitter, workers', () => {
    const second = { name: 'weekly', schedule: '0 3 * * 0', entrypoint: 'a', workers: [] as object[] };
    const two = (replicas: number) => ({
      'spec.ray.schedules': [
        { ...second, name: 'nightly', workers: [{ name: 'gpu', gpu: 'l4', replicas: 2 }] },
        { ...second, workers: [{ name: 'gpu', gpu: 'l4', replicas }] },
      ],
    });
    expect(red(two(2))).toEqual([]);
    expect(red(two(3))).toEqual([
      'tenants/red.yaml spec.quota.gpus.l4: 3 l4 GPUs are declared on cluster main, jobs.max is 2: workers weekly/gpu 3 x 1',
    ]);
  });

  it('is max, which is guaranteed where it is not written', () => {
    const more = { [`${NIGHTLY}.head`]: { cpu: 3 } };
    expect(red(more)).toEqual([
      'tenants/red.yaml spec.quota.cpu: 3.5 cores are declared on cluster main, jobs.max is 2.5: head of nightly 1 x 3 + submitter of nightly 1 x 0.5',
    ]);
    expect(red({ ...more, 'spec.quota.cpu.jobs.max': 3.5 })).toEqual([]);
    expect(red({ 'spec.quota.memory.jobs.guaranteed': '8Gi' })).toEqual([
      'tenants/red.yaml spec.quota.memory: 9Gi of memory are declared on cluster main, jobs.max is 8Gi: head of nightly 1 x 8Gi + submitter of nightly 1 x 1Gi',
    ]);
  });
});

describe('storage', () => {
  it('holds a home for every member', () => {
    expect(red({ 'spec.members.users': ['alan', 'edsger'], 'spec.quota.storage': '60Gi' })).toEqual([]);
    expect(red({ 'spec.members.users': ['alan', 'edsger'] })).toEqual([
      'tenants/red.yaml spec.quota.storage: 60Gi of homes on cluster main (3 members x 20Gi), storage is 40Gi',
    ]);
    expect(red({ 'spec.notebooks.home': '20481Mi' })).toEqual([
      'tenants/red.yaml spec.quota.storage: 40962Mi of homes on cluster main (2 members x 20481Mi), storage is 40Gi',
    ]);
  });
});

describe('what a GPU brings along', () => {
  it('bounds a worker and a profile exactly', () => {
    const exact = { [`${TRAIN}.workers.1`]: { name: 'gpu', gpu: 'l4', max: 2, cpu: 3, memory: '12Gi' } };
    expect(red(exact)).toEqual([]);
    const pair = { name: 'gpu', gpu: 'l4', gpus: 2, max: 1, cpu: 6, memory: '24Gi' };
    expect(red({ [`${TRAIN}.workers.1`]: pair })).toEqual([]);
    expect(red({ [`${TRAIN}.workers.1`]: { ...pair, cpu: 6.001, memory: '24577Mi' } })).toEqual([
      'tenants/red.yaml spec.ray.clusters[0].workers[1].cpu: 6.001 is above perGpu.cpu 3 x 2 of l4',
      'tenants/red.yaml spec.ray.clusters[0].workers[1].memory: 24577Mi is above perGpu.memory 12Gi x 2 of l4',
    ]);
  });
});

describe('pools', () => {
  const pools = (fields: Fields, more: Change = {}) => findings({ 'clusters/main.yaml': fields, ...more });

  it('hold interactive and guaranteed of all tenants, and not what jobs may borrow', () => {
    const exact = {
      'spec.pools.cpu.limits': { cpu: 18, memory: '68Gi' },
      'spec.pools.l4.limits.gpus': 4,
    };
    expect(pools(exact)).toEqual([]);
    const less = {
      'spec.pools.cpu.limits': { cpu: 17, memory: '69631Mi' },
      'spec.pools.l4.limits.gpus': 3,
    };
    expect(pools(less)).toEqual([
      'clusters/main.yaml spec.pools.cpu.limits.cpu: tenants are promised 18 cores, the limit is 17 (interactive + guaranteed: red 14.5 + 2.5, blue 1 + 0)',
      'clusters/main.yaml spec.pools.cpu.limits.memory: tenants are promised 68Gi of memory, the limit is 69631Mi (interactive + guaranteed: red 55Gi + 9Gi, blue 4Gi + 0)',
      'clusters/main.yaml spec.pools.l4.limits.gpus: tenants are promised 4 l4 GPUs, the limit is 3 (interactive + guaranteed: red 3 + 1)',
    ]);
  });

  it('of one tenant hold that tenant, and it no longer counts elsewhere', () => {
    const own = (gpus: number, cpu: number) => ({
      'spec.pools.red-l4': { gpu: 'l4', capacity: ['spot'], tenant: 'red', limits: { gpus } },
      'spec.pools.red-cpu': {
        families: ['m7i'],
        capacity: ['on-demand'],
        tenant: 'red',
        limits: { cpu, memory: '64Gi' },
      },
      'spec.pools.cpu.limits': { cpu: 1, memory: '4Gi' },
      'spec.pools.l4.limits.gpus': 1,
    });
    expect(pools(own(4, 17))).toEqual([]);
    expect(pools(own(3, 16))).toEqual([
      'clusters/main.yaml spec.pools.red-cpu.limits.cpu: tenants are promised 17 cores, the limit is 16 (interactive + guaranteed: red 14.5 + 2.5)',
      'clusters/main.yaml spec.pools.red-l4.limits.gpus: tenants are promised 4 l4 GPUs, the limit is 3 (interactive + guaranteed: red 3 + 1)',
    ]);
  });

  it('hold what is not frozen', () => {
    const full = { 'spec.pools.cpu.limits': { cpu: 1, memory: '4Gi' }, 'spec.pools.l4.limits.gpus': 1 };
    for (const state of ['frozen', 'archived']) {
      expect(pools(full, { 'tenants/red.yaml': { 'spec.state': state } })).toEqual([]);
    }
    expect(pools(full, { 'tenants/red.yaml': { 'spec.state': 'active' } })).toHaveLength(3);
  });

  it('that overflow name the ten largest tenants', () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `tenants/t${index}.yaml`,
        tenant(`t${index}`, { 'spec.quota.cpu': 5 + index }),
      ]),
    );
    const [message = ''] = pools({}, many);
    expect(message).toContain('tenants are promised 144 cores, the limit is 60');
    expect(message).toContain(
      'red 14.5 + 2.5, t11 16 + 0, t10 15 + 0, t9 14 + 0, t8 13 + 0, t7 12 + 0, t6 11 + 0, t5 10 + 0, t4 9 + 0, t3 8 + 0, and 4 more)',
    );
  });
});

describe('a map of clusters', () => {
  const next = (fields: Fields = {}) => ({
    'clusters/next.yaml': cluster('next', { 'spec.domain': 'next.example.com', ...fields }),
  });
  const clusters = (quota: object) => ({ 'spec.clusters': { main: {}, next: { quota } } });

  it('replaces the fields that it names, and only these', () => {
    const change = (cpu: number) => ({
      ...next(),
      'tenants/blue.yaml': { ...clusters({ cpu }), 'spec.quota.cpu': 1 },
    });
    expect(findings(change(1))).toEqual([]);
    expect(load(change(0.5)).issues).toMatchObject([
      {
        message:
          'spec.clusters.next.quota.cpu: 1 cores are declared on cluster next, interactive is 0.5: notebooks small 1 x 1',
        source: { file: 'tenants/blue.yaml', line: 14, column: 14 },
      },
    ]);
    const storage = { ...next(), 'tenants/blue.yaml': clusters({ storage: '19Gi' }) };
    expect(findings(storage)).toEqual([
      'tenants/blue.yaml spec.clusters.next.quota.storage: 20Gi of homes on cluster next (1 members x 20Gi), storage is 19Gi',
    ]);
  });

  it('counts in the pools of each cluster what holds there', () => {
    const change = (cpu: number) => ({
      ...next({ 'spec.pools.cpu.limits.cpu': 5 }),
      'tenants/blue.yaml': clusters({ cpu }),
    });
    expect(findings(change(5))).toEqual([]);
    expect(findings(change(6))).toEqual([
      'clusters/next.yaml spec.pools.cpu.limits.cpu: tenants are promised 6 cores, the limit is 5 (interactive + guaranteed: blue 6 + 0)',
    ]);
  });

  it('counts an item of spec.ray on its own clusters only', () => {
    const ray = (only: string) => ({
      clusters: [{ name: 'a', clusters: [only], workers: [{ name: 'w', cpu: 1, memory: '1Gi', max: 1 }] }],
    });
    const change = (only: string) => ({
      ...next(),
      'tenants/blue.yaml': { ...clusters({ cpu: 4.5, memory: '14Gi' }), 'spec.ray': ray(only) },
    });
    expect(findings(change('next'))).toEqual([]);
    expect(findings(change('main'))).toHaveLength(2);
  });
});
