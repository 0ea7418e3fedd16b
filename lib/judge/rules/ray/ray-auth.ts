import { clusterRule } from './cluster-spec';

/** Ray checks tokens since 2.52.0, and tokens of Kubernetes since 2.55.0. */
const TOKEN = [2, 52, 0];
const KUBERNETES_TOKEN = [2, 55, 0];

/** Tokens need a Ray that knows them. */
export const rayAuth = clusterRule('ray-auth', ({ authOptions = {}, rayVersion = '' }, at, tell) => {
  const { mode, enableK8sTokenAuth = false, secretName = '' } = authOptions;
  if (mode !== 'token') {
    if (enableK8sTokenAuth) tell([...at, 'authOptions'], 'enableK8sTokenAuth needs mode token');
    return;
  }
  const version = /^v?(\d+)\.(\d+)(?:\.(\d+))?/
    .exec(rayVersion)
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  if (version === undefined) {
    tell(at, 'authOptions.mode token needs rayVersion');
    return;
  }
  const least = enableK8sTokenAuth ? KUBERNETES_TOKEN : TOKEN;
  if (isLess(version, least))
    tell([...at, 'rayVersion'], `must be at least ${least.join('.')} for authOptions`);
  if (enableK8sTokenAuth && secretName !== '') {
    tell([...at, 'authOptions', 'secretName'], 'cannot stand beside enableK8sTokenAuth');
  }
});

function isLess(version: readonly number[], least: readonly number[]): boolean {
  const index = least.findIndex((part, position) => version[position] !== part);
  return index >= 0 && (version[index] ?? 0) < (least[index] ?? 0);
}
