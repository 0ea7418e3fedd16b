import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Api } from '../api';
import { podsOf, type Ray } from '../scenarios/kuberay-objects';
import { freePort, until } from '../wait';
import { VARIABLES } from './environments';
import { variablesOf } from './pod';
import { type Running, startGroup } from './process';

/** Small, for nothing here stores much; by itself Ray takes 30 % of the machine. */
const OBJECT_STORE = 200_000_000;

/** Longest that the processes of Ray take to start on two busy cores. */
const START_SECONDS = 180;
const ATTEMPTS = 3;

/** Where Ray runs: the programs of the image, and a folder for files and logs. */
export interface Place {
  readonly environment: string;
  readonly folder: string;
}

/** Starts Ray from the pods that KubeRay made of a RayCluster, each as its container would start. */
export async function withRay(
  api: Api,
  cluster: Ray,
  environment: string,
  run: (place: Place) => Promise<void>,
): Promise<void> {
  // A short path, for sockets lie below it.
  const place = { environment, folder: mkdtempSync(join(tmpdir(), 'ray-')) };
  mkdirSync(join(place.folder, 'home'));
  const started: Running[] = [];
  try {
    for (const type of ['head', 'worker'] as const) {
      const pod = await podOf(api, cluster, type);
      const change = type === 'head' ? headHere(place) : await workerHere();
      started.push(await startOften(() => startPod(api, pod, change, place)));
    }
    await run(place);
  } finally {
    for (const running of started.reverse()) await running.stop();
    rmSync(place.folder, { recursive: true, force: true });
  }
}

/** KubeRay makes a worker where the autoscaler asks for one. */
function podOf(api: Api, cluster: Ray, type: string): Promise<Ray> {
  return until(
    async () =>
      (await podsOf(api, cluster)).find(({ metadata }) => metadata.labels?.['ray.io/node-type'] === type),
    `a ${type} pod of ${cluster.metadata.name}`,
  );
}

type Change = (command: string) => string;

/** All that differs from the pod's own command: the size of the object store, and where files lie. */
function headHere({ folder }: Place): Change {
  return (command) =>
    command.replace('ray start ', `ray start --object-store-memory=${OBJECT_STORE} --temp-dir=${folder} `);
}

/** The worker shares the machine with the head: other ports than in a pod of its own, and no DNS. */
async function workerHere(): Promise<Change> {
  const [agent, metrics] = [await freePort(), await freePort()];
  return (command) =>
    command
      .replace('ray start ', `ray start --object-store-memory=${OBJECT_STORE} `)
      .replace(/--address=\S+:6379/, '--address=127.0.0.1:6379')
      .replace(/--dashboard-agent-listen-port=\d+/, `--dashboard-agent-listen-port=${agent}`)
      .replace(/--metrics-export-port=\d+/, `--metrics-export-port=${metrics}`);
}

/** KubeRay makes a pod anew whose Ray ended; it does so after 30 s without a raylet, which a busy machine takes. */
async function startOften(start: () => Promise<Running>): Promise<Running> {
  for (let left = ATTEMPTS; ; left -= 1) {
    try {
      return await start();
    } catch (error) {
      if (left === 1) throw error;
    }
  }
}

/** Starts the container and waits until it is ready as KubeRay's probe has it. */
async function startPod(api: Api, pod: Ray, change: Change, place: Place): Promise<Running> {
  const [container] = pod.spec.containers;
  const [shell, ...flags] = container.command;
  const args: string[] = container.args.map(change);
  const env = {
    ...VARIABLES,
    ...(await variablesOf(api, pod)),
    PATH: `${join(place.environment, 'bin')}:${process.env.PATH}`,
    HOME: place.folder,
    // This machine has fewer cores than the pod: no workers before there is work, and more time to start.
    RAY_prestart_worker_first_driver: '0',
    RAY_agent_register_timeout_ms: String(START_SECONDS * 1000),
  };
  const log = join(place.folder, `${pod.metadata.labels?.['ray.io/node-type']}.log`);
  const running = startGroup(shell, [...flags, ...args], env, log);
  const port = /--dashboard-agent-listen-port=(\d+)/.exec(args.join(' '))?.[1];
  const probe = `http://127.0.0.1:${port}${container.readinessProbe.httpGet.path}`;
  try {
    await until(
      async () => {
        if (running.ended()) return false;
        return (await statusOf(probe)) === 200 || undefined;
      },
      `${container.name}: ${probe}`,
      START_SECONDS,
    );
    if (running.ended()) throw new Error(`${container.name} ended:\n${tail(log)}`);
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** As a kubelet asks: Ray's agent refuses what looks like a browser, and fetch does. */
function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').split('\n').slice(-15).join('\n');
}
