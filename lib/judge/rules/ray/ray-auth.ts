import { clusterRule, isAtLeast } from './cluster-spec';

/** Ray checks tokens since 2.52.0, and tokens of Kubernetes since 2.55.0. */
const TOKEN = '2.52.0';
const KUBERNETES_TOKEN = '2.55.0';

/** Tokens need a Ray that knows them. */
export const rayAuth = clusterRule('ray-auth', ({ authOptions = {}, rayVersion = '' }, at, tell) => {
  const { mode, enableK8sTokenAuth = false, secretName = '' } = authOptions;
  if (mode !== 'token') {
    if (enableK8sTokenAuth) tell([...at, 'authOptions'], 'enableK8sTokenAuth needs mode token');
    return;
  }
  const least = enableK8sTokenAuth ? KUBERNETES_TOKEN : TOKEN;
  const isNew = isAtLeast(rayVersion, least);
  if (isNew === undefined) {
    tell(at, 'authOptions.mode token needs rayVersion');
    return;
  }
  if (!isNew) tell([...at, 'rayVersion'], `must be at least ${least} for authOptions`);
  if (enableK8sTokenAuth && secretName !== '') {
    tell([...at, 'authOptions', 'secretName'], 'cannot stand beside enableK8sTokenAuth');
  }
});
