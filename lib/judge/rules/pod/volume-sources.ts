import { isDns1123Subdomain, type Problem } from '../../names';
import { podRule } from '../pods';
import { checkTable, required, table } from '../tables';

const HOST_PATH = [
  '',
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
];

/** The name of a CSI driver. */
export const isCsiDriver: Problem = (driver) =>
  driver.length > 63 ? 'must have at most 63 characters' : isDns1123Subdomain(driver.toLowerCase());

/** What stands in scalar fields of volumes (core/validation v1.36.1). */
const VOLUMES = table({
  'volumes[].hostPath.path': (path) => required(path) ?? withoutBacksteps(path),
  'volumes[].hostPath.type': HOST_PATH,
  'volumes[].persistentVolumeClaim.claimName': required,
  'volumes[].csi.driver': isCsiDriver,
  'volumes[].nfs.server': required,
  'volumes[].nfs.path': (path) => (path.startsWith('/') ? undefined : 'must be an absolute path'),
  'volumes[].emptyDir.medium': ['', 'Memory', 'HugePages', 'HugePages-2Mi', 'HugePages-1Gi'],
  'volumes[].image.pullPolicy': ['Always', 'Never', 'IfNotPresent'],
  'volumes[].projected.sources[].serviceAccountToken.path': required,
  'volumes[].projected.sources[].serviceAccountToken.expirationSeconds': 600,
});

/** Names, paths and words of volumes. */
export const volumeSources = podRule('volume-sources', (pod, at, tell) => {
  checkTable(VOLUMES, pod, at, tell);
});

/** A path that never goes up. */
export function withoutBacksteps(path: string): string | undefined {
  return path.split('/').includes('..') ? 'must not contain ".."' : undefined;
}
