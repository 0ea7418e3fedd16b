import type { Pointer } from '../../../issue';
import { parsePath, visitPath } from '../path';
import { podRule } from '../pods';
import { withoutBacksteps } from './volume-sources';

const LISTS = [
  'volumes[].configMap.items[]',
  'volumes[].secret.items[]',
  'volumes[].downwardAPI.items[]',
  'volumes[].projected.sources[].configMap.items[]',
  'volumes[].projected.sources[].secret.items[]',
  'volumes[].projected.sources[].downwardAPI.items[]',
].map(parsePath);

const MODES = [
  'volumes[].configMap.defaultMode',
  'volumes[].secret.defaultMode',
  'volumes[].downwardAPI.defaultMode',
  'volumes[].projected.defaultMode',
].map(parsePath);

/** Where files of a volume lie, and who may read them. */
export const volumeFiles = podRule('volume-files', (pod, at, tell) => {
  const checkMode = (mode: unknown, pointer: Pointer) => {
    if (typeof mode === 'number' && (mode < 0 || mode > 0o777)) tell(pointer, 'must be from 0 to 0777');
  };
  for (const path of MODES) visitPath(pod, path, checkMode, at);
  for (const path of LISTS) {
    visitPath(
      pod,
      path,
      (item, pointer) => {
        const { path: file = '', key, mode } = item as { path?: string; key?: string; mode?: number };
        const problem = pathProblem(file);
        if (problem !== undefined) tell([...pointer, 'path'], problem);
        if (key === '') tell([...pointer, 'key'], 'must not be empty');
        checkMode(mode, [...pointer, 'mode']);
      },
      at,
    );
  }
});

/** Files that start with two dots are how kubelets swap whole volumes. */
function pathProblem(path: string): string | undefined {
  if (path === '') return 'must not be empty';
  if (path.startsWith('/')) return 'must be a relative path';
  return path.startsWith('..') ? 'must not start with ".."' : withoutBacksteps(path);
}
