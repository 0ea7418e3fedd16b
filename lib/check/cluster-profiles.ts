import { sorted } from '../model/cluster';
import { toMebibytes } from '../model/quantity';
import { own } from '../own';
import type { ClusterFile } from '../schema/cluster';
import { checkSize } from './instance-size';
import { checkPerGpu } from './per-gpu';
import { familiesOf, gpuOf } from './pools';
import { checkKey, keysOf } from './references';
import type { Report } from './reporter';

type Profile = ClusterFile['spec']['profiles'][string];

/** Notebook profiles name what the catalogue has, and some instance holds them. */
export function checkProfiles(file: ClusterFile, report: Report): void {
  const { spec } = file;
  for (const [name, profile] of sorted(spec.profiles)) {
    const at = ['spec', 'profiles', name];
    // A default image that is not there is told once, at spec.defaults.
    if (profile.image !== undefined) {
      checkKey(report, [...at, 'image'], profile.image, keysOf(spec.images, 'image', 'spec.images'));
    }
    if (profile.gpu !== undefined) checkGpu(file, name, profile, report);
    else if (profile.gpus !== undefined) {
      report([...at, 'gpus'], 'gpu-without-type', 'gpus needs gpu, a key of spec.gpuTypes');
    }
    const { cpu, memory, gpu, gpus = 1 } = profile;
    const size = { cpu, memory: toMebibytes(memory), gpus: gpu === undefined ? 0 : gpus };
    const pools = Object.values(spec.pools).filter((pool) => gpuOf(pool) === gpu);
    const families = [...new Set(pools.flatMap((pool) => familiesOf(file, pool)))];
    checkSize(size, families, `profile ${name}`, at, report);
  }
}

function checkGpu({ spec }: ClusterFile, name: string, profile: Profile, report: Report): void {
  const at = ['spec', 'profiles', name];
  const { gpu = '' } = profile;
  if (!checkKey(report, [...at, 'gpu'], gpu, keysOf(spec.gpuTypes, 'GPU type', 'spec.gpuTypes'))) return;
  const key = profile.image ?? spec.defaults.image;
  const image = own(spec.images, key);
  if (image !== undefined && image.cuda === undefined) {
    report([...at, 'image'], 'image-without-cuda', `image "${key}" has no CUDA, but the profile has a GPU`);
  }
  checkPerGpu(profile, own(spec.gpuTypes, gpu)?.perGpu, at, report);
}
