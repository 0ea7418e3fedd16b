import { items } from '../path';
import { clusterRule, envOf, groupsOf } from './cluster-spec';

const V2 = 'RAY_enable_autoscaler_v2';
/** KubeRay gives this variable to the autoscaler. */
const START = 'KUBERAY_GEN_AUTOSCALER_START_CMD';

/** The autoscaler is chosen in one way, and its second version restarts no pods. */
export const rayAutoscaler = clusterRule('ray-autoscaler', (spec, at, tell) => {
  const { enableInTreeAutoscaling: scales = false, autoscalerOptions = {}, headGroupSpec } = spec;
  const variable = envOf(headGroupSpec, V2);
  if (!scales && /^(1|true)$/.test(variable ?? ''))
    tell([...at, 'headGroupSpec'], `${V2} needs enableInTreeAutoscaling`);
  if (scales && autoscalerOptions.version !== undefined && variable !== undefined) {
    tell([...at, 'headGroupSpec'], `${V2} cannot stand beside autoscalerOptions.version`);
  }
  for (const [{ name }, pointer] of items(autoscalerOptions.env, [...at, 'autoscalerOptions', 'env'])) {
    if (name === START) tell(pointer, `${START} is set by KubeRay itself`);
  }
  if ((autoscalerOptions.idleTimeoutSeconds ?? 0) < 0) {
    tell([...at, 'autoscalerOptions', 'idleTimeoutSeconds'], 'must not be negative');
  }
  if (!scales || autoscalerOptions.version !== 'v2') return;
  for (const [{ template }, pointer] of groupsOf(spec, at)) {
    const restart = template.spec?.restartPolicy ?? 'Never';
    if (restart !== 'Never') {
      tell([...pointer, 'template', 'spec', 'restartPolicy'], 'must be Never with autoscaler v2');
    }
  }
});
